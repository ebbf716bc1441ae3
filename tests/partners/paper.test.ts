// The paper kit: what a printer, a screen reader and a telephone find in it, and what nobody must find there.
// The files are questioned with poppler, which did not write them.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import sharp from 'sharp';
import { tonguesOf } from '../../src/kit/languages.ts';
import { papersIn, print } from '../../src/kit/papers.ts';
import { withoutMarks } from '../../src/kit/pdf/bidi.ts';
import { linesWithin } from '../../src/kit/pdf/line-breaks.ts';
import { canPrint } from '../../src/kit/pdf/typeface.ts';
import { colours } from '../../src/service/colours.ts';
import { hourIn } from '../../src/service/hours-in-language.ts';
import { hours, opening, phone, service } from '../../src/service/service.ts';
import { contrast } from '../accessibility/colours.ts';
import { temporaryFolder } from '../support/folder.ts';
import { readCode } from './code.ts';

const root = new URL('../..', import.meta.url).pathname;
const site = new URL('https://un-premier-pas.example');
const tongues = tonguesOf(join(root, 'src/content'));
const papers = papersIn(tongues);
const folder = temporaryFolder();
const revealing = /violen|victim|conjugal|abus|viol\b|danger|urgence|plainte|aide|écoute|premier pas/i;
const skip = spawnSync('pdfinfo', ['-v']).error ? 'poppler-utils is not installed' : false;

// How a PDF writes some bytes of its strings.
const escaped: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

// Lengths on paper, in millimetres, as the list tells them to people.
const sizes: Record<string, [number, number]> = {
  'affiche-a3.pdf': [297, 420],
  'affiche-a6.pdf': [105, 148.5],
  'numero-seul-a4.pdf': [297, 210],
  'autocollant.pdf': [90, 55],
  'carte.pdf': [85, 108],
};

before(async () => {
  for (const paper of papers) writeFileSync(join(folder, paper.file), await print(paper, site));
});

test('the build draws every paper of the list, and no code for a site that does not know its address', () => {
  const files = papers.map(({ file }) => file);
  const built = readdirSync(join(root, 'dist/client/kit'));
  assert.deepEqual(built.toSorted(), files.toSorted());
  for (const name of [
    'affiche-a4',
    'affiche-a3',
    'affiche-a6',
    'languettes-a4',
    'numero-seul-a4',
    'autocollant',
  ])
    assert.ok(files.includes(`${name}.pdf`), name);
});

test('a paper is the same, byte for byte, each time it is drawn', async () => {
  for (const paper of papers)
    assert.ok((await print(paper, site)).equals(readFileSync(join(folder, paper.file))), paper.file);
});

test('a paper weighs 120 kB at most', () => {
  for (const { file } of papers) assert.ok(statSync(join(folder, file)).size <= 120_000, file);
});

test('what is told of a paper is neutral, and its size is right', { skip }, () => {
  for (const { file, size } of papers) {
    const [width, height] = sizes[file] ?? [210, 297];
    const [, wide, high] = /Page size: +([\d.]+) x ([\d.]+) pts/.exec(asked('pdfinfo', file)) ?? [];
    assert.ok(Math.abs((Number(wide) * 25.4) / 72 - width) < 0.2, `${file}: ${wide}`);
    assert.ok(Math.abs((Number(high) * 25.4) / 72 - height) < 0.2, `${file}: ${high}`);
    assert.match(size, new RegExp(`${String(width).replace('.', ',')}.*${String(height).replace('.', ',')}`));
    assert.doesNotMatch(file, revealing);
  }
});

test('a paper is tagged, titled, in French, with its letters inside', { skip }, () => {
  for (const { file } of papers) {
    const info = asked('pdfinfo', file);
    assert.match(info, /^Tagged: +yes$/m, file);
    assert.match(info, new RegExp(`^Title: +${service.name}$`, 'm'), file);
    assert.match(info, /^PDF version: +1\.7$/m, file);
    const source = readFileSync(join(folder, file), 'latin1');
    assert.match(source, /\/Lang \(fr-FR\)/, file);
    assert.match(source, /\/DisplayDocTitle true/, file);
    assert.match(asked('pdfinfo', '-struct', file), /H1/, file);
    const fonts = asked('pdffonts', file).trim().split('\n').slice(2);
    assert.ok(fonts.length > 0, file);
    for (const font of fonts) assert.match(font, /NotoSans.* yes yes yes /, `${file}: ${font}`);
  }
});

test('every paper says the number, each poster the hours, exactly', { skip }, () => {
  for (const { file } of papers) {
    const said = textOf(file);
    assert.ok(said.includes(plain(phone.written)), `${file}: ${said}`);
    if (!file.startsWith('affiche')) continue;
    assert.ok(said.includes(plain(hours.written).slice(1)), `${file}: ${said}`);
    assert.ok(said.includes('On vous écoute, on vous informe, on vous oriente.'), file);
  }
});

test('what anybody may read says a number, at most hours, and not one other word', { skip }, () => {
  const number = plain(phone.written);
  const repeated = (text: string) => text.replaceAll(number, '').trim();
  assert.equal(repeated(textOf('languettes-a4.pdf')), '');
  assert.equal(textOf('languettes-a4.pdf').split(number).length - 1, 11);
  assert.equal(textOf('numero-seul-a4.pdf'), number);
  assert.equal(textOf('autocollant.pdf'), `${number} ${plain(hours.short)}`);
  assert.equal(textOf('carte.pdf', 1), number);
  assert.equal(repeated(textOf('cartes-a4.pdf', 1)), '');
});

test('no paper says what the line is about; only large posters and the inside of a card say « danger »', {
  skip,
}, () => {
  const telling = /violen|victim|conjugal|abus|viol\b|plainte|urgence|3919/i;
  for (const { file } of papers) assert.doesNotMatch(textOf(file), telling, file);
  assert.doesNotMatch(textOf('affiche-a6.pdf'), /danger/i);
  assert.match(textOf('affiche-a4.pdf'), /En danger : 17 ou 112\. Sans parler : SMS au 114\./);
  assert.match(textOf('carte.pdf', 2), /En danger : 17 ou 112\./);
});

test('a poster in two languages says what the line is, hours and cost in both, and that the line is in French', {
  skip,
}, () => {
  assert.deepEqual(
    tongues.map(({ id }) => id),
    ['anglais', 'arabe', 'chinois', 'espagnol', 'portugais', 'roumain', 'tamoul', 'turc', 'ukrainien'],
  );
  for (const { id, pitch, hours, cost, inFrench, direction } of tongues) {
    const said = textOf(`affiche-${id}-a4.pdf`);
    for (const words of [pitch, hours, cost, inFrench])
      for (const part of direction === 'rtl' ? arabicIn(words) : [plain(words)])
        assert.ok(close(said).includes(close(part)), `${id}: ${part}, in: ${said}`);
  }
  assert.equal(canPrint('ქართული'), false);
});

test('a screen reader is told in which language each line is, and the words of Arabic and Tamil in order', () => {
  for (const { id, lang, name, pitch, hours, cost, inFrench } of tongues) {
    const source = readFileSync(join(folder, `affiche-${id}-a4.pdf`), 'latin1');
    assert.equal(source.split(`/Lang (${lang})`).length - 1, 8, id);
    if (id !== 'arabe' && id !== 'tamoul') continue;
    const told = source.replace(/\\([\\()nrtbf])/g, (_, letter) => escaped[letter] ?? letter);
    for (const words of [name, ...pitch.split(/(?<=^[^.]*\.) /), withoutMarks(hours), cost, inFrench])
      assert.ok(told.includes(Buffer.from(words, 'utf16le').swap16().toString('latin1')), words);
  }
});

// A reader turns a line of Arabic itself, marks at its ends included. Spaces go with either side.
test('Arabic goes from the right edge to the left, and its hours from left to right', { skip }, () => {
  const arabic = tongues.find(({ id }) => id === 'arabe');
  assert.ok(arabic);
  const said = close(textOf('affiche-arabe-a4.pdf'));
  const [days, from, to] = arabicIn(arabic.hours);
  for (const words of [
    `${days}، ${from} ${hourIn('ar', opening.opensAt)} ${to} ${hourIn('ar', opening.closesAt)}`,
    arabic.inFrench,
  ])
    assert.ok(said.includes(close(words)), `${words}, in: ${said}`);
  assert.match(said, /الآن.{0,3}17.*أو.{0,2}112/);
  const boxes = asked('pdftotext', '-bbox', 'affiche-arabe-a4.pdf', '-'); // a word from the left there
  for (const line of [arabic.cost, arabic.inFrench]) {
    const first = [...(line.split(' ')[0] ?? '')].reverse().join('');
    const edge = new RegExp(`xMax="([\\d.]+)"[^>]*>${first}<`).exec(boxes)?.[1];
    assert.ok(Math.abs((Number(edge) * 25.4) / 72 - 190) < 0.2, `${line}: ${edge}`);
  }
});

test('a Chinese line ends between any two letters, but no mark begins one', () => {
  const words = '周一至周五，九点至十七点。热线（免费）使用法语。';
  for (let width = 3; width < words.length; width++) {
    const lines = linesWithin(width, words, (line) => line.length);
    assert.equal(lines.join(''), words);
    for (const line of lines) assert.match(line, /^[^，。）].*[^（]$/u, `${width}`);
    for (const line of lines) assert.ok(line.length <= width, `${width}: ${line}`);
  }
});

test('the code of a poster is 25 mm wide at least, and holds the plain address', { skip }, async () => {
  for (const { file } of papers.filter(({ file }) => file.startsWith('affiche'))) {
    const dots = 200;
    execFileSync('pdftoppm', ['-r', String(dots), '-png', '-singlefile', file, file], { cwd: folder });
    const read = await readCode(sharp(join(folder, `${file}.png`)));
    assert.equal(read?.text, site.origin, file);
    assert.ok((read.side / dots) * 25.4 >= 25, `${file}: ${(read.side / dots) * 25.4} mm`);
  }
});

test('a site that does not know its address prints posters without a code', { skip }, async () => {
  const [poster] = papers;
  assert.ok(poster);
  writeFileSync(join(folder, 'nowhere.pdf'), await print(poster, undefined));
  assert.doesNotMatch(asked('pdfinfo', '-struct', 'nowhere.pdf'), /Figure/);
  assert.doesNotMatch(textOf('nowhere.pdf'), /example/);
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

function asked(tool: string, ...words: string[]): string {
  return execFileSync(tool, words, { cwd: folder, encoding: 'utf8' });
}

function textOf(file: string, page?: number): string {
  const pages = page ? ['-f', String(page), '-l', String(page)] : [];
  return plain(asked('pdftotext', ...pages, file, '-'));
}

// Lines and no-break spaces are the matter of the sheet, and so are the marks of direction, which a reader adds: words are
// compared with one space between them.
function plain(written: string): string {
  return written
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

// The Arabic words that follow one another, without what stands between them.
function arabicIn(words: string): string[] {
  return (words.match(/\p{Script=Arabic}[\p{Script=Arabic} ]*/gu) ?? []).map((part) => part.trim());
}

// Without spaces: a line may end where a word does, and in Chinese anywhere.
function close(words: string): string {
  return plain(words).replaceAll(' ', '');
}
