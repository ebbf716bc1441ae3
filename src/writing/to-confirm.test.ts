// The list for the Département: what keeps the site closed first, each question once, with every place that it changes.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Fact } from './facts.ts';
import { readContent } from './read.ts';
import { pagesWith, toConfirm } from './to-confirm.ts';

const folder = mkdtempSync(join(tmpdir(), 'textes-'));
after(() => rmSync(folder, { recursive: true }));
const ours = new URL('../content', import.meta.url).pathname;

const answers: [string, string, string, RegExp][] = [
  ['jours_feries', 'à confirmer', 'fermé', /^\| L’ouverture les jours fériés/m],
  ['numero_affiche', '', 'Le numéro est masqué.', /^\| Le numéro que montre le téléphone/m],
  [
    'message_neutre',
    '',
    'Bonjour, à bientôt.',
    /^\| La phrase laissée sur un répondeur.*« Bonjour, je rappellerai\. »/m,
  ],
  ['appel_hors_horaires', '', 'Une voix donne les horaires.', /^\| Ce que rencontre un appel la nuit/m],
];

for (const [field, empty, answer, question] of answers) {
  test(`until « ${field} » is answered, it is the first thing that keeps the site closed; then it is asked no more`, () => {
    cpSync(ours, folder, { recursive: true });
    const file = join(folder, 'faits/ligne.json');
    const line = { ...JSON.parse(readFileSync(file, 'utf8')), [field]: empty };
    writeFileSync(file, JSON.stringify(line));
    const blocking = blockingIn(toConfirm(readContent(folder)));
    assert.match(blocking, question);
    assert.ok(blocking.includes(`\`${field}\` dans \`src/content/faits/ligne.json\``));
    writeFileSync(file, JSON.stringify({ ...line, [field]: answer }));
    assert.doesNotMatch(toConfirm(readContent(folder)), question);
  });
}

test('a question keeps the site closed, or waits with the others: it is asked once', () => {
  cpSync(ours, folder, { recursive: true });
  for (const bloque of [true, false]) {
    const one = { question: 'Que fait-on le soir ?', ou: '`/`', bloque };
    writeFileSync(join(folder, 'faits/questions.json'), JSON.stringify([one]));
    const text = toConfirm(readContent(folder));
    assert.equal(text.split('Que fait-on le soir ?').length, 2);
    assert.equal(blockingIn(text).includes('Que fait-on le soir ?'), bloque);
  }
});

test('the same question under two facts, or two files, is one line that names both places and says both things', () => {
  cpSync(ours, folder, { recursive: true });
  const file = join(folder, 'faits/droit.json');
  const facts = JSON.parse(readFileSync(file, 'utf8'));
  const [one = '', other = ''] = Object.keys(facts).filter((key) => !facts[key].question);
  facts[one].question = 'Est-ce encore vrai, en 2031 ?';
  facts[other].question = 'est-ce encore vrai en 2031';
  writeFileSync(file, JSON.stringify(facts));
  const asked = { question: 'Est-ce encore vrai en 2031 ?', ou: '`/plan`' };
  writeFileSync(join(folder, 'faits/questions.json'), JSON.stringify([asked]));
  const content = readContent(folder);
  const lines = toConfirm(content)
    .split('\n')
    .filter((line) => /est-ce encore vrai/i.test(line));
  assert.equal(lines.length, 1);
  const places = [one, other].flatMap((key) => pagesWith(content.facts.get(key) as Fact, content));
  for (const said of ['`/plan`', ...places, facts[one].enonce, facts[other].enonce])
    assert.ok(lines[0]?.includes(said), said);
});

test('a question that settles facts asks for them, and must name facts that exist', () => {
  cpSync(ours, folder, { recursive: true });
  const file = join(folder, 'faits/questions.json');
  const asked = { question: 'Tout est-il encore vrai ?', ou: '`/`', bloque: true, faits: ['ligne-numero'] };
  writeFileSync(file, JSON.stringify([asked]));
  const content = readContent(folder);
  const { statement, question } = content.facts.get('ligne-numero') as Fact;
  assert.ok(blockingIn(toConfirm(content)).includes(statement));
  assert.ok(question && !toConfirm(content).includes(question));
  writeFileSync(file, JSON.stringify([{ ...asked, faits: ['ligne-numeros'] }]));
  assert.throws(() => readContent(folder), /faits\/questions\.json : le fait « ligne-numeros » n’existe/);
});

test('every question is asked once, and every fact that is asked about is in the list', () => {
  const content = readContent(ours);
  const text = toConfirm(content);
  const asked = text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| `'))
    .map((line) => (line.split(' | ')[0] ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  assert.ok(asked.length > 60, String(asked.length));
  assert.deepEqual(
    asked.filter((question, at) => asked.indexOf(question) !== at),
    [],
  );
  for (const { question, statement } of content.facts.values())
    if (question) assert.ok(text.includes(statement.replaceAll('|', '\\|')), statement);
});

function blockingIn(text: string): string {
  const [before = '', section = ''] = text.split('## Bloque l’ouverture\n');
  assert.doesNotMatch(before, /^## /m);
  return section.split('\n## ')[0] ?? '';
}
