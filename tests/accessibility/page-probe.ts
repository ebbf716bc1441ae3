// What the tests ask of a page from inside it: what is seen, what can be used, what it is called.

/** The questions, as every page under test answers them. */
export type PageProbe = ReturnType<typeof makeProbe>;

declare global {
  var probe: PageProbe;
}

/** Runs inside the page: it may use nothing of this file. */
export function makeProbe() {
  const controlled = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';

  /** Clipped to nothing, itself or around: words kept for screen readers. */
  const isClipped = (element: Element): boolean => {
    const { clipPath, overflowX, position } = getComputedStyle(element);
    if (clipPath === 'inset(50%)') return true;
    if (position !== 'absolute' || overflowX === 'visible') return false;
    const { width, height } = element.getBoundingClientRect();
    return width <= 1 || height <= 1;
  };

  /** Painted somewhere on the page. */
  const isSeen = (element: Element): boolean => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
      if (isClipped(at)) return false;
    }
    return true;
  };

  /** The texts that are seen, with the rectangles of their lines. */
  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: { node: Text; parent: Element; lines: DOMRect[] }[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || !node.textContent?.trim() || !isSeen(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
      if (lines.length > 0) found.push({ node: node as Text, parent, lines });
    }
    return found;
  };

  /** Whatever can be pressed, typed into or reached, and is seen. */
  const controls = () => [...document.querySelectorAll<HTMLElement>(controlled)].filter(isSeen);

  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const colours = new Map<string, [number, number, number, number]>();

  /** A computed colour as red, green, blue (0 to 255) and opacity (0 to 1), whatever way it is written. */
  const colourOf = (written: string): [number, number, number, number] => {
    const existing = colours.get(written); // asked for thousands of times, of a dozen colours
    if (existing) return existing;
    if (!canvas) throw new Error('no canvas');
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = written;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    colours.set(written, [red, green, blue, alpha / 255]);
    return [red, green, blue, alpha / 255];
  };

  /** How much of an element shows through: the product of the opacities around it. */
  const opacityOf = (element: Element): number => {
    const own = Number(getComputedStyle(element).opacity);
    return element.parentElement ? own * opacityOf(element.parentElement) : own;
  };

  /** An element, for a message: its tag, its name, the beginning of its text. */
  const called = (element: Element): string => {
    const { id, tagName } = element;
    const type = element.getAttribute('name') ?? element.getAttribute('class') ?? '';
    const text = (element.textContent?.trim() || element.getAttribute('value') || '').replace(/\s+/g, ' ');
    return `${tagName.toLowerCase()}${id ? `#${id}` : ''}${type ? `[${type}]` : ''} « ${text.slice(0, 40)} »`;
  };

  /** The rectangle of an element with that of its label, where pressing the label is pressing it. */
  const targetOf = (element: Element): DOMRect => {
    const own = element.getBoundingClientRect();
    const isBox = element instanceof HTMLInputElement && /checkbox|radio/.test(element.type);
    const label = isBox ? element.labels?.[0]?.getBoundingClientRect() : undefined;
    if (!label) return own;
    const [left, top] = [Math.min(own.left, label.left), Math.min(own.top, label.top)];
    return new DOMRect(
      left,
      top,
      Math.max(own.right, label.right) - left,
      Math.max(own.bottom, label.bottom) - top,
    );
  };

  return { isSeen, texts, controls, colourOf, opacityOf, called, targetOf };
}
