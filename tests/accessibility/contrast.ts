// Whether words can be read, on real pixels: the page is photographed with its letters made transparent, and the
// colour of each text is held against every pixel that was painted behind it. In forced colours letters cannot be made
// transparent, but grounds are plain: there, the ink is what differs most from the commonest colour.
import type { Page } from '@playwright/test';
import { type Colour, contrast, numberOf } from './colours.ts';
import { addStyle, painted, removeStyle } from './fixtures.ts';
import { type Box, type Picture, pictureOf } from './picture.ts';

type Text = { called: string; said: string; colour: [number, number, number, number]; boxes: Box[] };

/** A page, unrolled, without its letters; in forced colours, with them. */
export async function groundOf(page: Page): Promise<Picture> {
  await addStyle(page, letterless);
  await painted(page);
  const picture = await pictureOf(page);
  await removeStyle(page);
  return picture;
}

/** The texts whose contrast with the ground is under `least`, with the lowest contrast of each. */
export async function faintTexts(page: Page, ground: Picture, least = 7): Promise<string[]> {
  const isForced = await page.evaluate(() => matchMedia('(forced-colors: active)').matches);
  const texts = await textsOf(page, isForced);
  if (texts.length === 0) throw new Error('a page without words');
  const measure = isForced ? inkContrast : lowestContrast;
  const isDrawn = ({ said }: Text) => !isForced || !mayHaveNoInk.test(said);
  return texts
    .filter(isDrawn)
    .map(({ called, ...text }) => ({ called, lowest: measure(text, ground) }))
    .filter(({ lowest }) => lowest < least)
    .map(({ called, lowest }) => `${called}: ${lowest.toFixed(2)}`);
}

// Scripts whose letters the fonts of a test machine may lack, and then leave blank: no ink to find.
const mayHaveNoInk = /[\p{Script=Arabic}\p{Script=Han}\p{Script=Tamil}]/u;

const letterless = `*, ::before, ::after, ::placeholder {
  -webkit-text-fill-color: transparent !important; text-decoration-color: transparent !important;
  text-shadow: none !important; transition: none !important }`;

/** Written texts, those that a style adds, and what is or would be typed in a field. */
function textsOf(page: Page, isForced: boolean): Promise<Text[]> {
  return page.evaluate((isForced) => {
    const text = (element: Element, rects: DOMRect[], pseudo?: string): Text => {
      const [red, green, blue, alpha] = probe.colourOf(getComputedStyle(element, pseudo).color);
      const boxes = rects
        .map(({ x, y, width, height }) => ({ x, y, width, height }))
        .filter((box) => !isCovered(element, box));
      const colour: Text['colour'] = [red, green, blue, alpha * probe.opacityOf(element)];
      const said = element.textContent ?? '';
      return { called: `${probe.called(element)}${pseudo ?? ''}`, said, colour, boxes };
    };
    // What something else hides is not a matter of contrast.
    const isCovered = (element: Element, { x, y, width, height }: Box) =>
      [x + 1, x + width / 2, x + width - 1].some((column) =>
        [y + height / 4, y + (height * 3) / 4].some((row) => {
          const top = document.elementFromPoint(column, row);
          return top !== null && !top.contains(element) && !element.contains(top);
        }),
      );
    const inside = (element: Element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return new DOMRect(x + 6, y + 6, width - 12, height - 12);
    };
    const all = [...document.body.querySelectorAll('*')].filter(probe.isSeen);
    const added = ['::before', '::after'].flatMap((pseudo) =>
      all
        .filter((element) => /^".*\S.*"$/.test(getComputedStyle(element, pseudo).content))
        .map((element) => text(element, [...element.getClientRects()], pseudo)),
    );
    const fields = all.filter(
      (element) =>
        element.matches('input:not([type=radio], [type=checkbox]), textarea, select') &&
        (!isForced || (element as HTMLInputElement).value), // an empty field has no ink to find
    );
    return [
      ...probe.texts().map(({ parent, lines }) => text(parent, lines)),
      ...added,
      ...fields.map((field) => text(field, [inside(field)])),
    ];
  }, isForced);
}

function lowestContrast({ colour, boxes }: Omit<Text, 'called'>, { at }: Picture): number {
  let lowest = 21;
  const known = new Map<number, number>();
  for (const { x, y, width, height } of boxes) {
    // The middle of a line: above and below stands what is around the text, not behind it.
    for (let row = y + height / 4; row < y + (height * 3) / 4; row += 2) {
      for (let column = x; column < x + width; column += 2) {
        const behind = at(column, row);
        const key = numberOf(behind);
        const found = known.get(key) ?? contrast(over(colour, behind), behind);
        known.set(key, found);
        lowest = Math.min(lowest, found);
      }
    }
  }
  return lowest;
}

function inkContrast({ boxes }: Omit<Text, 'called'>, { at }: Picture): number {
  const counts = new Map<number, { colour: Colour; count: number }>();
  for (const { x, y, width, height } of boxes) {
    for (let row = y; row < y + height; row += 1) {
      for (let column = x; column < x + width; column += 1) {
        const colour = at(column, row);
        const key = numberOf(colour);
        const known = counts.get(key) ?? { colour, count: 0 };
        known.count += 1;
        counts.set(key, known);
      }
    }
  }
  const painted = [...counts.values()].sort((a, b) => b.count - a.count);
  const ground = painted[0]?.colour;
  return ground ? Math.max(...painted.map(({ colour }) => contrast(colour, ground))) : 21;
}

function over([red, green, blue, alpha]: Text['colour'], [r, g, b]: Colour): Colour {
  const mixed = (above: number, below: number) => above * alpha + below * (1 - alpha);
  return [mixed(red, r), mixed(green, g), mixed(blue, b)];
}
