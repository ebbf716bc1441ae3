// Whether edges and pictograms stand out from what is around them, on real pixels.
import type { Page } from '@playwright/test';
import { type Colour, contrast, numberOf } from './colours.ts';
import type { Box, Picture } from './picture.ts';

type Edge = { called: string; box: Box; depth: number; isNative: boolean };
type Pictogram = { called: string; box: Box };

/** What has a contrast under `least` with its surroundings, in a page unrolled. */
export async function faintEdges(page: Page, picture: Picture, least = 3): Promise<string[]> {
  const { edges, pictograms } = await thingsOf(page);
  if (edges.length === 0) throw new Error('a page without edges');
  const measured = [
    ...edges.map((edge) => ({ called: edge.called, found: edgeContrast(edge, picture) })),
    ...pictograms.map(({ called, box }) => ({ called, found: inkContrast(box, picture) })),
  ];
  return measured
    .filter(({ found }) => found < least)
    .map(({ called, found }) => `${called}: ${found.toFixed(2)}`);
}

/** Controls, and what is drawn inside them, that have an edge or a ground of their own; then the drawings. */
function thingsOf(page: Page): Promise<{ edges: Edge[]; pictograms: Pictogram[] }> {
  return page.evaluate(() => {
    const boxOf = (element: Element): Box => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    };
    const isVisible = (colour: string) => probe.colourOf(colour)[3] > 0;
    const widthOf = (element: Element) => Number.parseFloat(getComputedStyle(element).borderTopWidth);
    const isNative = (element: Element) =>
      element.matches('[type=checkbox], [type=radio]') && getComputedStyle(element).appearance !== 'none';
    const hasEdge = (element: Element) => {
      const { borderTopColor, backgroundColor, borderBottomWidth } = getComputedStyle(element);
      const isFramed = widthOf(element) > 0 && borderBottomWidth !== '0px' && isVisible(borderTopColor);
      return isFramed || isVisible(backgroundColor) || isNative(element);
    };
    const edges = [...document.querySelectorAll(':is(a, button, input, select, textarea, summary, label)')]
      .flatMap((control) => [control, ...control.querySelectorAll('span')])
      .filter((element) => probe.isSeen(element) && hasEdge(element))
      .map((element) => ({
        called: probe.called(element),
        box: boxOf(element),
        depth: Math.max(widthOf(element), 3) + 2,
        isNative: isNative(element),
      }));
    const pictograms = [...document.querySelectorAll('svg, img')]
      .map((element) => ({
        called: `${probe.called(element.parentElement ?? element)} svg`,
        box: boxOf(element),
        element,
      }))
      // A larger drawing is an illustration, which says nothing that the words do not.
      .filter(({ element, box }) => probe.isSeen(element) && box.width <= 64 && box.height <= 64)
      .map(({ called, box }) => ({ called, box }));
    return { edges, pictograms };
  });
}

/** The faintest of the four sides: each is as plain as its plainest pixel, seen from just outside. */
function edgeContrast({ box, depth, isNative }: Edge, { at, box: all }: Picture): number {
  const [centre, middle] = [box.x + box.width / 2, box.y + box.height / 2];
  const away = 3;
  const sides: [x: number, y: number, dx: number, dy: number][] = [
    [centre, box.y, 0, 1],
    [centre, box.y + box.height - 1, 0, -1],
    [box.x, middle, 1, 0],
    [box.x + box.width - 1, middle, -1, 0],
  ];
  const measured = sides
    .map(([x, y, dx, dy]) => ({ x, y, dx, dy, outX: x - away * dx, outY: y - away * dy }))
    .filter(({ outX, outY }) => outX >= 0 && outY >= 0 && outX < all.width && outY < all.height)
    .map(({ x, y, dx, dy, outX, outY }) => {
      const outside = at(outX, outY);
      // From one pixel out: an edge can fall between two.
      const along = Array.from({ length: Math.ceil(depth) }, (_, step) =>
        at(x + (step - 1) * dx, y + (step - 1) * dy),
      );
      const seen = isNative ? paired(along, outside) : along;
      return Math.max(...seen.map((colour) => contrast(colour, outside)));
    });
  return Math.min(...measured);
}

// The browser draws its own boxes between two pixels, each of which gets a part of the line: both parts are the line.
function paired(along: Colour[], outside: Colour): Colour[] {
  const byte = (value: number) => Math.min(255, Math.max(0, value));
  return along.slice(1).map((colour, index) => {
    const before = along[index] ?? outside;
    return [0, 1, 2].map((i) =>
      byte((colour[i] ?? 0) + (before[i] ?? 0) - (outside[i] ?? 0)),
    ) as unknown as Colour;
  });
}

/** How plainly a drawing stands out: most of what differs from its ground differs by this much. */
function inkContrast(box: Box, { at }: Picture): number {
  const colours: Colour[] = [];
  for (let y = box.y + 0.5; y < box.y + box.height; y += 1) {
    for (let x = box.x + 0.5; x < box.x + box.width; x += 1) colours.push(at(x, y));
  }
  const counts = Map.groupBy(colours, numberOf);
  const ground = [...counts.values()].sort((a, b) => b.length - a.length)[0]?.[0];
  if (!ground) return 21;
  const ink = colours
    .map((colour) => contrast(colour, ground))
    .filter((found) => found > 1.2) // what smooths a line is in between
    .sort((a, b) => b - a);
  return ink[Math.floor(ink.length / 3)] ?? 1;
}
