// Posters in two languages: what each says, and in which order a screen reader hears it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesWithin } from '../../src/kit/pdf/line-breaks.ts';
import { canPrint } from '../../src/kit/pdf/typeface.ts';
import { urgentLines } from '../../src/kit/sentences.ts';
import { hourIn } from '../../src/service/hours-in-language.ts';
import { opening } from '../../src/service/service.ts';
import { asked, plain, printed, skip, textOf, tongues } from './printed.ts';

const posters = printed.filter(({ paper }) => paper.group === 'language');

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

test('a screen reader is told in which language each line is', () => {
  for (const { file, paper, pdf } of posters)
    assert.equal(
      pdf.toString('latin1').split(`/Lang (${paper.tongue?.lang})`).length - 1,
      8,
      `${file}: ${paper.tongue?.lang}`,
    );
});

// By its tags alone, as a screen reader does: from the letters of each line, in the order of the file.
test('each line is heard whole, in the order in which it is written, Arabic and Tamil included', {
  skip,
}, () => {
  for (const { file, paper } of posters) {
    const { tongue } = paper;
    assert.ok(tongue);
    const heard = heardIn(file);
    const pitch = tongue.pitch.split(/(?<=^[^.。]*[.。])\s*/u);
    const lines = [tongue.name, ...pitch, tongue.hours, tongue.cost, tongue.inFrench];
    for (const line of [...lines, ...urgentLines(tongue.urgent)])
      assert.ok(heard.includes(plain(line)), `${file}: ${line}, in ${heard.join('\n')}`);
  }
});

// What wins over letters for readers that know it, told of the whole text of each tag.
test('the words of Arabic and Tamil are told beside their shapes, a whole text each', () => {
  for (const { file, paper, pdf } of posters.filter(({ file }) => /arabe|tamoul/.test(file))) {
    const { tongue } = paper;
    assert.ok(tongue);
    const source = pdf
      .toString('latin1')
      .replace(/\\([\\()nrtbf])/g, (_, letter) => escaped[letter] ?? letter);
    const told = [...source.matchAll(/\/ActualText \(\xfe\xff([\s\S]*?)\)\n/g)].map(([, bytes = '']) =>
      Buffer.from(bytes, 'latin1').swap16().toString('utf16le'),
    );
    const pitch = tongue.pitch.split(/(?<=^[^.]*\.) /);
    for (const words of [tongue.name, ...pitch, tongue.hours, tongue.cost, tongue.inFrench])
      assert.ok(told.map(plain).includes(plain(words)), `${file}: ${words}, in ${told.join('\n')}`);
  }
});

// A reader turns a line of Arabic itself, marks at its ends included. Spaces go with either side.
test('Arabic goes from the right edge to the left, and its hours from left to right', { skip }, () => {
  const arabic = tongues.find(({ id }) => id === 'arabe');
  assert.ok(arabic);
  const said = close(textOf('affiche-arabe-a4.pdf'));
  const hours = [hourIn('ar', opening.opensAt), hourIn('ar', opening.closesAt)];
  for (const words of [...arabicIn(arabic.hours), ...hours, ...arabicIn(arabic.inFrench)])
    assert.ok(said.includes(close(words)), `${words}, in: ${said}`);
  const edges = new Map<string, number>(); // of each line, by its height
  for (const [, y = '', x] of asked('pdftotext', '-bbox', 'affiche-arabe-a4.pdf', '-').matchAll(
    /yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>[^<]*\p{Script=Arabic}/gu,
  ))
    edges.set(y, Math.max(edges.get(y) ?? 0, Number(x)));
  const atMargin = [...edges.values()].filter((edge) => Math.abs((edge * 25.4) / 72 - 190) < 0.3);
  assert.equal(atMargin.length, 5, 'the two lines of the pitch, hours, cost, and that the line is in French');
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

// How a PDF writes some bytes of its strings.
const escaped: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

// The text of each tag, its lines one after the other.
function heardIn(file: string): string[] {
  const tags = asked('pdfinfo', '-struct-text', file).split(/^ {2}\w.*$/m);
  return tags.map((tag) =>
    plain([...tag.matchAll(/^ +"([\s\S]*?)"$/gm)].map(([, line]) => line).join('')).normalize('NFC'),
  );
}

// The Arabic words that follow one another, without what stands between them.
function arabicIn(words: string): string[] {
  return (words.match(/\p{Script=Arabic}[\p{Script=Arabic}\p{M} ]*/gu) ?? []).map((part) => part.trim());
}

// Without spaces: a line may end where a word does, and in Chinese anywhere. Without the marks that letters of Arabic bear:
// poppler, which goes by their place, gives them before their letter.
function close(words: string): string {
  return plain(words)
    .replaceAll(' ', '')
    .replace(/[\u064b-\u0652]/g, '');
}
