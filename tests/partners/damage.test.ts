// What the code of a poster bears before a phone no longer reads it. This address makes a code of version 4, of 33 modules by
// 33: 100 words in 4 blocks that follow one another in turn, and level H mends 8 words of each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import QRCode from 'qrcode';
import sharp from 'sharp';
import { plainAddress, pngCode, svgCode } from '../../src/kit/qr-code.ts';
import { readers } from './code.ts';
import { blurred, type Paint, painted, spareMarksOf, squareOf, tilted, wordsOf } from './damage.ts';

const site = new URL('https://un-premier-pas.example');
const png = await pngCode(site);
const { modules: code, version } = QRCode.create(plainAddress(site), { errorCorrectionLevel: 'H' });
const { words, rest } = wordsOf(code);
const both = { jsqr: site.origin, zxing: site.origin };
const neither = { jsqr: undefined, zxing: undefined };

/** What the two readers say once some modules are painted over, the whole tilted by 10° and blurred by 0.3 module. */
async function readWithout(lost: number[], paint: Paint) {
  return readers(await blurred(await tilted(await painted(png, code, lost, paint)), 0.3));
}

test('the code is read as drawn, blurred, tilted', async () => {
  assert.deepEqual([version, code.size, words.length], [4, 33, 100]);
  const drawing = sharp(Buffer.from(await svgCode(site)), { density: 600 });
  assert.deepEqual(await readers(await drawing.png().toBuffer()), both);
  assert.deepEqual(await readers(await blurred(png, 0.4)), both);
  assert.deepEqual(await readers(await tilted(png)), both);
  assert.deepEqual(await readers(await blurred(png, 1)), neither);
});

// jsQR loses some of those whose colours are turned, in the middle; a black blot may make a false mark for either reader.
test('blurred and tilted, it is read with any 30 % of its words lost, but not with nine of one block', async () => {
  for (let from = 0; from <= 70; from += 10) {
    const lost = words.slice(from, from + 30).flat();
    assert.deepEqual(await readWithout(lost, 'white'), both, `from ${from}`);
    assert.equal((await readWithout(lost, 'inverted')).zxing, site.origin, `from ${from}`);
  }
  assert.deepEqual(await readWithout(words.slice(0, 32).flat(), 'inverted'), both); // at the right edge
  const nine = words.filter((_, index) => index % 4 === 1).slice(0, 9);
  assert.deepEqual(await readWithout(nine.flat(), 'inverted'), neither);
});

test('blurred and tilted, it is read with 15 % of its surface lost, a square in the middle', async () => {
  for (const paint of ['white', 'black', 'inverted'] as const) {
    assert.deepEqual(await readWithout(squareOf(code, 13, 10), paint), both, paint);
    assert.deepEqual(await readWithout(squareOf(code, 18, 7), paint), neither, paint); // 30 %
  }
});

// jsQR needs the mark that stands near this corner; ZXing does not.
test('blurred and tilted, it is read with its lower right corner torn off, 20 % of its surface', async () => {
  for (const paint of ['white', 'black'] as const) {
    assert.equal((await readWithout(squareOf(code, 15, 18), paint)).zxing, site.origin, paint);
    assert.deepEqual(await readWithout(squareOf(code, 17, 16), paint), neither, paint);
  }
});

test('blurred and tilted, it is read with 30 % of its surface lost, if the marks of three corners stay', async () => {
  const marks = [...rest, ...spareMarksOf(code)];
  const lost = [...words.slice(0, 32).flat(), ...marks];
  assert.ok(new Set(lost).size / code.size ** 2 > 0.3);
  for (const paint of ['white', 'black'] as const)
    assert.equal((await readWithout(lost, paint)).zxing, site.origin, paint);
  assert.deepEqual(await readWithout([...words.slice(0, 33).flat(), ...marks], 'inverted'), neither);
});
