// The card that partners paste, in pages that were not made for it.
import { expect, type Page, test } from '@playwright/test';
import { cardHtml } from '../../src/partners/card.ts';

const card = cardHtml('https://un-premier-pas.example/');
const words = [
  'Un premier pas',
  /^01\s89\s11\s94\s94$/,
  /du lundi au vendredi, de 9\sh à 17\sh/,
  'Voir le site',
];

const hostile: Record<string, string> = {
  'a reset':
    '* { all: unset; } *, a { margin: 0; padding: 0; border: 0; font: inherit; text-decoration: none; }',
  'huge type':
    'html { font-size: 60px; } * { font-size: 60px !important; line-height: 3 !important; letter-spacing: .5em !important; text-transform: uppercase !important; }',
  'a dark theme':
    ':root { color-scheme: dark; } * { color: #ddd !important; background: #111 !important; } a { color: #ff0 !important; }',
  'right to left':
    'html { direction: rtl; } * { direction: rtl !important; unicode-bidi: bidi-override !important; text-align: right !important; }',
  paper:
    '@media print { * { color: #ccc !important; background: #eee !important; } div, a { display: none !important; } a[href]::after { content: " (" attr(href) ")"; } }',
};

for (const [name, sheet] of Object.entries(hostile)) {
  test(`the card stays itself inside ${name}`, async ({ page }) => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.setViewportSize({ width: 320, height: 640 });
    if (name === 'paper') await page.emulateMedia({ media: 'print' });
    await page.setContent(pageWith(sheet, `<main>${card}</main>`));
    await isRight(page);
    expect(requests).toEqual([]);
  });
}

const themes: Record<string, { sheet: string; body: (given: string) => string }> = {
  blog: {
    sheet: `body { margin: 0 auto; max-width: 42rem; padding: 1rem; font: 20px/1.8 Georgia, serif; color: #444; }
      article div { background: #f4f4f4; text-align: center; } a { color: #d63384; text-decoration: none; }
      article span { display: inline; font-style: italic; } a:hover { color: red; }`,
    body: (
      given,
    ) => `<header><h1>Le blog du quartier</h1></header><article><p>Le marché revient samedi.</p>${given}
      <p>La fête des voisins aussi.</p></article>`,
  },
  mairie: {
    sheet: `* { box-sizing: border-box; } body { margin: 0; font: 16px/1.4 Arial, sans-serif; }
      .page { display: flex; flex-wrap: wrap; gap: 1rem; padding: 1rem; } .page > main { flex: 3 1 20rem; }
      aside { flex: 1 1 14rem; padding: .5rem; background: #003a70; color: #fff; }
      aside a { display: block; color: #ffd; border-bottom: 1px solid #fff; } aside div { float: right; width: 50%; }
      aside span { font-size: 11px; color: #9bd; }`,
    body: (given) => `<header><h1>Ville d’essai</h1></header><div class="page"><main><h2>Vos démarches</h2>
      <p>État civil, école, logement.</p></main><aside><h2>Numéros</h2>${given}</aside></div>`,
  },
  intranet: {
    sheet: `* { font-family: "Times New Roman", serif !important; font-size: 11px !important; line-height: 1 !important; }
      div { background: #eee !important; border: none !important; padding: 0 !important; overflow: hidden !important; height: 3em !important; }
      a, a:link { color: #99f !important; display: inline !important; padding: 0 !important; }
      span { color: #aaa !important; visibility: hidden !important; position: absolute !important; opacity: .3 !important; }`,
    body: (given) =>
      `<table><tr><td><h1>Intranet</h1><p>Menu du jour, congés, annuaire.</p>${given}</td></tr></table>`,
  },
};

for (const [name, { sheet, body }] of Object.entries(themes)) {
  test(`the card is right on a page like ${name}`, async ({ page }, { project }) => {
    await page.setContent(pageWith(sheet, body(card)));
    await page.screenshot({ path: `test-results/carte/${name}-${project.name}.png`, fullPage: true });
    await isRight(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.screenshot({ path: `test-results/carte/${name}-320.png`, fullPage: true });
    await isRight(page);
  });
}

function pageWith(sheet: string, body: string): string {
  return `<!doctype html><html lang="fr"><meta name="viewport" content="width=device-width, initial-scale=1">
    <style>${sheet}</style><title>Essai</title><body>${body}</body></html>`;
}

async function isRight(page: Page): Promise<void> {
  const frame = page.locator('div[lang=fr]');
  for (const text of words) await expect(frame.getByText(text)).toBeVisible();
  const number = page.locator('a[href="tel:+33189119494"]');
  const size = await number.boundingBox();
  expect(size?.height).toBeGreaterThanOrEqual(44);
  expect(size?.width).toBeGreaterThanOrEqual(44);
  for (const look of await frame.locator('span, a').evaluateAll(looksOf)) {
    expect(contrast(look.ink, look.paper), look.text).toBeGreaterThanOrEqual(7);
    expect(look, look.text).toMatchObject({
      opacity: '1',
      direction: 'ltr',
      bidi: 'isolate',
      isInside: true,
    });
    expect(look.size, look.text).toBeGreaterThanOrEqual(16);
    expect(look.size, look.text).toBeLessThan(30);
  }
  const box = await frame.boundingBox();
  const width = page.viewportSize()?.width ?? 0;
  expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? width) <= width, JSON.stringify(box)).toBe(
    true,
  );
}

function looksOf(parts: Element[]) {
  return parts.map((part) => {
    const frame = part.closest('div') as Element;
    const [inner, outer] = [part.getBoundingClientRect(), frame.getBoundingClientRect()];
    const look = getComputedStyle(part);
    const own = look.backgroundColor;
    return {
      text: part.textContent,
      ink: look.color,
      paper: /, 0\)$/.test(own) ? getComputedStyle(frame).backgroundColor : own,
      opacity: look.opacity,
      direction: look.direction,
      bidi: look.unicodeBidi,
      size: Number.parseFloat(look.fontSize),
      isInside:
        inner.left >= outer.left &&
        inner.right <= outer.right &&
        inner.top >= outer.top &&
        inner.bottom <= outer.bottom &&
        part.scrollWidth <= frame.clientWidth,
    };
  });
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
