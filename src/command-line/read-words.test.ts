// What the words of a command line ask for: help acts on nothing, and what is not a command is refused with what was meant.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command } from './command.ts';
import { readWords } from './read-words.ts';

const command = (more: Partial<Command> = {}): Command => ({
  what: 'ce que fait ce mot',
  more: 'Et le reste.',
  load: () => Promise.reject(new Error('nothing is loaded to read words')),
  ...more,
});

const file = { name: 'FICHIER', question: 'Quel fichier ? Par exemple', example: 'copie', pattern: /./ };

const commands = new Map([
  ['etat', command()],
  ['relancer', command()],
  ['sauvegarder', command({ takes: file })],
  ['restaurer', command({ takes: file, options: { '--remplacer': 'quoi qu’il y ait' } })],
]);

const read = (line: string) => readWords(line.split(' ').filter(Boolean), commands);

test('a word alone, or with what it takes, is a command', () => {
  for (const [line, argument, options] of [
    ['etat', '', []],
    ['sauvegarder copie', 'copie', []],
    ['restaurer --remplacer copie', 'copie', ['--remplacer']],
    ['restaurer copie --remplacer', 'copie', ['--remplacer']],
    ['restaurer -', '-', []],
  ] as const) {
    const reading = read(line);
    assert.ok(reading.kind === 'run', line);
    assert.deepEqual([reading.argument, reading.options], [argument, options], line);
  }
});

test('asking for help, anywhere and beside anything, never leads to a command', () => {
  for (const [word, { takes }] of commands)
    for (const line of [
      `${word} --help`,
      `${word} -h`,
      `--help ${word}`,
      `${word} x --help y`,
      `${word} --trop -h`,
      `aide ${word}`,
    ]) {
      const reading = read(line);
      assert.ok(reading.kind === 'help', line);
      assert.ok(reading.text.startsWith(`un-premier-pas ${word}${takes ? ' FICHIER' : ''}`), reading.text);
      assert.match(reading.text, /Et le reste\./);
    }
  for (const line of ['aide', '--help', '-h', 'aide aide', 'aide --help']) {
    const reading = read(line);
    assert.ok(reading.kind === 'help', line);
    for (const word of commands.keys()) assert.match(reading.text, new RegExp(`^  ${word} `, 'm'));
  }
  assert.equal(read('--version').kind, 'version');
});

test('a word unknown, too many or missing is refused in French, with the nearest that there is', () => {
  for (const [line, why] of [
    ['', /^Quelle commande \?\n\n/],
    ['relancr', /^« relancr » n’existe pas\. Voulez-vous dire « relancer » \?\n/],
    ['RELANCER', /« relancer » \?/],
    ['état', /« etat » \?/],
    ['resturer', /« restaurer » \?/],
    ['main', /^« main » n’existe pas\.\nLa liste : un-premier-pas aide$/],
    ['../server/main', /n’existe pas\.\n/],
    ['relancr --help', /« relancer » \?/],
    ['aide relancr', /« relancer » \?/],
    ['aide etat trop', /^« trop » est de trop : un-premier-pas aide MOT$/],
    ['--version trop', /^« trop » est de trop/],
    ['etat trop', /^« trop » est de trop : un-premier-pas etat$/],
    ['sauvegarder un deux', /^« deux » est de trop : un-premier-pas sauvegarder FICHIER$/],
    ['sauvegarder', /^Quel fichier \? Par exemple : un-premier-pas sauvegarder copie$/],
    ['etat --vite', /^« --vite » n’existe pas\.\nComme ceci : un-premier-pas etat$/],
    ['restaurer --remplace copie', /« --remplacer » \?\nComme ceci : .* FICHIER \[--remplacer\]$/],
  ] as const) {
    const reading = read(line);
    assert.ok(reading.kind === 'refusal', `${line}: ${reading.kind}`);
    assert.match(reading.text, why, line);
  }
});
