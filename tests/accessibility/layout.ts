// What goes wrong when a page has too little room: words cut or pushed out, controls one over the other.
import type { Page } from '@playwright/test';

/** What is cut, pushed out of the window, covered or overlapping in the page as it now is. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const tolerance = 1.5;
    const root = document.documentElement;
    const faults: string[] = [];
    const { scrollWidth, clientWidth } = root;
    if (scrollWidth > clientWidth)
      faults.push(`the page scrolls sideways: ${scrollWidth} px in ${clientWidth}`);

    const isOut = (inner: DOMRect, outer: DOMRect) =>
      inner.left < outer.left - tolerance ||
      inner.right > outer.right + tolerance ||
      inner.top < outer.top - tolerance ||
      inner.bottom > outer.bottom + tolerance;

    /** Clips or scrolls what is inside, or has an edge or a ground that words must not leave. */
    const isBox = (element: Element) => {
      const { overflow, borderTopWidth, backgroundColor, display } = getComputedStyle(element);
      if (display === 'inline' || element === document.body || element === root) return false;
      return overflow !== 'visible' || borderTopWidth !== '0px' || probe.colourOf(backgroundColor)[3] > 0;
    };

    for (const { node, parent, lines } of probe.texts()) {
      for (const line of lines) {
        const text = `« ${node.textContent?.trim().slice(0, 40)} »`;
        if (line.left < -tolerance || line.right > clientWidth + tolerance) {
          faults.push(`${text} leaves the window: ${Math.round(line.left)} to ${Math.round(line.right)} px`);
          break;
        }
        for (let around: Element | null = parent; around; around = around.parentElement) {
          if (isBox(around) && isOut(line, around.getBoundingClientRect())) {
            faults.push(`${text} leaves ${probe.called(around)}`);
            break;
          }
        }
      }
    }

    const inside = (a: Element, b: Element) => a.contains(b) || b.contains(a);
    const controls = [...probe.controls(), ...document.querySelectorAll('label')].filter(
      (element) => probe.isSeen(element) && !element.closest('[role=status]'),
    );
    const shared = (a: DOMRect, b: DOMRect) => [
      Math.min(a.right, b.right) - Math.max(a.left, b.left),
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
    ];
    controls.forEach((one, index) => {
      for (const other of controls.slice(index + 1)) {
        if (inside(one, other)) continue;
        const overlaps = [...one.getClientRects()].some((a) =>
          [...other.getClientRects()].some((b) => shared(a, b).every((length) => length > tolerance)),
        );
        if (overlaps) faults.push(`${probe.called(one)} and ${probe.called(other)} overlap`);
      }
    });
    return faults;
  });
}
