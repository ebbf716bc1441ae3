// The paper kit: what a printer, a screen reader and a telephone find in it, and what nobody must find there.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { print } from '../../src/kit/paper.ts';
import { appeal, hoursLine, plainAppeal, urgentLines } from '../../src/kit/sentences.ts';
import { versionDay, versionWords } from '../../src/kit/version.ts';
import { colours } from '../../src/service/colours.ts';
import { hours, phone, service } from '../../src/service/service.ts';
import { contrast } from '../accessibility/colours.ts';
import { readCode } from './code.ts';
import { asked, folder, papers, plain, printed, root, site, skip, textOf, tongues } from './printed.ts';

const revealing = /violen|victim|conjugal|abus|viol\b|danger|urgence|plainte|aide|écoute|premier pas/i;

// Lengths on paper, in millimetres, as the list tells them to people.
const sizes: Record<string, [number, number]> = {
  'affiche-a3': [297, 420],
  'affiche-lieu-seul-a3': [297, 420],
  'affiche-a6': [105, 148.5],
  'numero-seul-a4': [297, 210],
  autocollant: [90, 55],
  carte: [85, 108],
};
const posters = printed.filter(({ paper }) => paper.stem.startsWith('affiche'));
const isExplicit = (file: string) => file.startsWith('affiche-lieu-seul');

test('the build draws every file of the list, and no code for a site that does not know its address', () => {
  const built = readdirSync(join(root, 'dist/client/kit'));
  assert.deepEqual(built.toSorted(), [...printed.map(({ file }) => file), 'documents.zip'].toSorted());
});

test('what partners linked before keeps its address', () => {
  const files = printed.map(({ file }) => file);
  const languages = tongues.map(({ id }) => `affiche-${id}-a4`);
  const others = ['affiche-a4', 'affiche-a3', 'affiche-a6', 'languettes-a4', 'numero-seul-a4', 'autocollant'];
  for (const name of [...languages, ...others, 'carte', 'cartes-a4'])
    assert.ok(files.includes(`${name}.pdf`), name);
});

test('a paper is the same, byte for byte, each time it is drawn', async () => {
  for (const { file, paper, way, pdf } of printed)
    assert.ok((await print(paper, way, site)).equals(pdf), file);
});

test('a paper weighs 120 kB at most', () => {
  for (const { file, pdf } of printed) assert.ok(pdf.length <= 120_000, file);
});

test('the name of a paper is neutral, and its size is right', { skip }, () => {
  for (const { file, way, paper } of printed) {
    const [width, height] = sizes[paper.stem] ?? [210, 297];
    const around = way === 'shop' ? 20 : 0;
    const [, wide, high] = /Page size: +([\d.]+) x ([\d.]+) pts/.exec(asked('pdfinfo', file)) ?? [];
    assert.ok(Math.abs((Number(wide) * 25.4) / 72 - around - width) < 0.2, `${file}: ${wide}`);
    assert.ok(Math.abs((Number(high) * 25.4) / 72 - around - height) < 0.2, `${file}: ${high}`);
    assert.match(
      paper.size,
      new RegExp(`${String(width).replace('.', ',')}.*${String(height).replace('.', ',')}`),
    );
    assert.doesNotMatch(file, revealing);
  }
});

test('a paper is tagged, titled, in French, with its letters inside', { skip }, () => {
  for (const { file, pdf } of printed) {
    const info = asked('pdfinfo', file);
    assert.match(info, /^Tagged: +yes$/m, file);
    assert.match(info, new RegExp(`^Title: +${service.name}$`, 'm'), file);
    assert.match(info, /^PDF version: +1\.7$/m, file);
    const source = pdf.toString('latin1');
    assert.match(source, /\/Lang \(fr-FR\)/, file);
    assert.match(source, /\/DisplayDocTitle true/, file);
    assert.match(asked('pdfinfo', '-struct', file), /H1/, file);
    const fonts = asked('pdffonts', file).trim().split('\n').slice(2);
    assert.ok(fonts.length > 0, file);
    for (const font of fonts) assert.match(font, /NotoSans.* yes yes yes /, `${file}: ${font}`);
  }
});

test('every paper says the number, each poster the hours, exactly', { skip }, () => {
  for (const { file } of printed) assert.ok(textOf(file).includes(plain(phone.written)), file);
  for (const { file } of posters) {
    const said = textOf(file);
    assert.ok(said.includes(plain(hours.written).slice(1)), `${file}: ${said}`);
    if (!isExplicit(file)) assert.ok(said.includes(plain(appeal.what)), file);
  }
});

test('what anybody may read says a number, at most hours and a welcome, and not one other word', {
  skip,
}, () => {
  const number = plain(phone.written);
  const short = plain(hours.short);
  const rest = (file: string, page?: number) =>
    [number, short, plain(hoursLine), phone.cost, appeal.tabs, versionWords, 'plier ici']
      .reduce((text, words) => text.replaceAll(words, ''), textOf(file, page))
      .trim();
  for (const file of ['languettes-a4.pdf', 'languettes-a4-noir.pdf']) {
    const said = textOf(file);
    assert.equal(rest(file), '', file);
    assert.equal(said.split(number).length - 1, 11);
    assert.equal(said.split(short).length - 1, 10);
    assert.equal(said.split('On vous écoute.').length - 1, 1);
  }
  for (const ending of ['', '-imprimeur']) {
    assert.equal(textOf(`numero-seul-a4${ending}.pdf`), number);
    assert.equal(textOf(`autocollant${ending}.pdf`), `${number} ${short}`);
    assert.equal(textOf(`carte${ending}.pdf`, 1), `plier ici ${number}`);
  }
  for (const file of ['cartes-a4.pdf', 'cartes-a4-noir.pdf']) {
    assert.equal(rest(file, 1), '');
    assert.equal(textOf(file, 1).split('plier ici').length - 1, 2);
  }
});

test('no discreet paper says what the line is about; only large posters and the inside of a card say « danger »', {
  skip,
}, () => {
  const telling = /violen|victim|conjugal|abus|viol\b|plainte|urgence|faute|3919/i;
  for (const { file } of printed.filter(({ file }) => !isExplicit(file)))
    assert.doesNotMatch(textOf(file), telling, file);
  assert.doesNotMatch(textOf('affiche-a6.pdf'), /danger/i);
  for (const ending of ['', '-imprimeur', '-noir'])
    assert.match(textOf(`affiche-a4${ending}.pdf`), /En danger : 17 ou 112\. Sans parler : SMS au 114\./);
  assert.match(textOf('carte.pdf', 2), /En danger : 17 ou 112\./);
});

test('an explicit poster says it all, in the words of the site', { skip }, () => {
  const explicit = printed.filter(({ file }) => isExplicit(file));
  assert.equal(explicit.length, 5);
  const home = readFileSync(join(root, 'src/content/pages/accueil.md'), 'utf8').replaceAll("'", '’');
  for (const words of [plainAppeal.question, plainAppeal.comfort, plainAppeal.freely, plainAppeal.answer])
    assert.ok(plain(home).includes(plain(words)), words);
  for (const { file } of explicit) {
    const said = textOf(file);
    const words = [...Object.values(plainAppeal), appeal.who, service.name, phone.cost, ...urgentLines()];
    for (const sentence of words) assert.ok(said.includes(plain(sentence)), `${file}: ${sentence}`);
  }
});

test('each poster and the tabs say of when they are, once', { skip }, () => {
  assert.match(versionWords, /^Version d(?:e |’)\p{L}+ 20\d\d$/u);
  assert.match(versionDay.toISOString(), /-01T00:00:00\.000Z$/, 'not the hour of a build');
  assert.ok(versionDay.getTime() <= Date.now());
  for (const { file } of [...posters, ...printed.filter(({ file }) => file.startsWith('languettes'))])
    assert.equal(textOf(file).split(versionWords).length - 1, 1, file);
});

// What is printed and hung stays for years. Red here: papers say something new. Set the month of src/kit/version.ts, then
// write the new digest.
test('the month on papers is that of their last change of words', () => {
  const ofTongues = tongues.map(({ pitch, hours, cost, inFrench, urgent }) => [
    pitch,
    hours,
    cost,
    inFrench,
    urgent,
  ]);
  const words = JSON.stringify([phone, hours, service, appeal, plainAppeal, urgentLines(), ofTongues]);
  const digest = createHash('sha256').update(words).digest('hex').slice(0, 16);
  assert.deepEqual([versionWords, digest], ['Version de novembre 2026', '6ce8cdd93956ea53']);
});

test('the code of a poster is 25 mm wide at least, and holds the plain address', { skip }, async () => {
  for (const { file, paper } of posters) {
    const dots = Math.round(110 / paper.format.scale);
    asked('pdftoppm', '-r', String(dots), '-png', '-singlefile', file, file);
    const picture = sharp(join(folder, `${file}.png`));
    const { width, height } = await picture.metadata();
    const [left, top] = [Math.round(width * 0.4), Math.round(height * 0.6)];
    const corner = picture.extract({ left, top, width: width - left, height: height - top });
    const read = await readCode(corner);
    assert.equal(read?.text, site.origin, file);
    assert.ok((read.side / dots) * 25.4 >= 25, `${file}: ${(read.side / dots) * 25.4} mm`);
  }
});

test('a site that does not know its address prints posters without a code', { skip }, async () => {
  for (const paper of papers.filter(({ stem }) => stem.startsWith('affiche'))) {
    writeFileSync(join(folder, 'nowhere.pdf'), await print(paper, 'office', undefined));
    assert.doesNotMatch(asked('pdfinfo', '-struct', 'nowhere.pdf'), /Figure/);
    assert.doesNotMatch(textOf('nowhere.pdf'), /example/);
  }
});

test('paper has the colours of the site, with a contrast of 7', () => {
  const tokens = readFileSync(join(root, 'src/styles/tokens.css'), 'utf8');
  const site = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(tokens)?.[1];
  assert.deepEqual(colours, {
    paper: site('card'),
    tint: site('tint'),
    ink: site('ink'),
    accent: site('accent'),
  });
  for (const words of [colours.ink, colours.accent])
    for (const ground of [colours.paper, colours.tint])
      assert.ok(contrast(parts(words), parts(ground)) >= 7, `${words} on ${ground}`);
});

function parts(colour: string): [number, number, number] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as [number, number, number];
}
