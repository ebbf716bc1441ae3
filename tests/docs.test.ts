// The pages about this house name only what is there: files, commands, benches, decisions, the version.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, matchesGlob } from 'node:path';
import { test } from 'node:test';
import { benches } from '../bench/run.ts';
import { idOf } from '../src/rappel/effects.fake.ts';
import { everything, messageOf } from '../src/rappel/message.fake.ts';
import { type Kind, type Message, tooLate } from '../src/rappel/message.ts';
import { cancellationByReference, cancellationOf } from '../src/rappel/message-cancellation.ts';
import { asExercise, asTest } from '../src/rappel/message-example.ts';

const root = new URL('..', import.meta.url).pathname;
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const { scripts, version } = JSON.parse(text('package.json')) as {
  scripts: Record<string, string>;
  version: string;
};

// What only reads like a file of ours: made by a command, on an installed machine, an address of open data, a rule of a tool,
// a recording that nobody has made yet.
const elsewhere =
  /^(dist|data|composant|paquets|test-results|node_modules|versions|DATA_DIR|wcag|(src\/content\/)?voix)\/|^soninke\.|^(sbom\.cdx|openapi|ouvert)\.json$|^\.(test|spec)\.ts$/;

// Made beside us, and named already.

const rooms = ['.ci', 'bench', 'bin', 'deploy', 'docs', 'integrations', 'public', 'src', 'tests'];
const files = globSync(['*', '.n*rc', `{${rooms}}/**/*`], { cwd: root });
const there = new Set(files.flatMap((file) => [file, `${dirname(file)}/`]));
const names = new Set(files.flatMap((file) => [basename(file), `${basename(dirname(file))}/`]));
const pages = files.filter((file) => /\.md$/.test(file) && !file.startsWith('src/'));

for (const page of pages)
  test(`${page} names only files that are there`, () => {
    const missing = [...pathsIn(text(page))].filter((path) => !isThere(path, page) && !elsewhere.test(path));
    assert.deepEqual(missing, []);
  });

test('what the code says of a page of docs/ leads to it', () => {
  const sources = files.filter((file) => /\.(ts|astro|sh|service|conf)$|^deploy\//.test(file));
  assert.ok(sources.length > 300, String(sources.length));
  for (const source of sources.filter((file) => file.includes('.')))
    for (const [path] of text(source).matchAll(/(?<![\w/])docs\/[\w/-]+\.md/g))
      assert.ok(there.has(path), `${source} names ${path}`);
});

test('every command that a page names is there, and every bench', () => {
  const commands = pages.flatMap((page) =>
    [...text(page).matchAll(/npm run ([a-z][\w:-]*)(?: ([a-z]+)\b)?/g)].map(([, name = '', argument]) => ({
      page,
      name,
      argument,
    })),
  );
  assert.ok(commands.length > 60, String(commands.length));
  for (const { page, name, argument } of commands) {
    assert.ok(name in scripts, `${page}: npm run ${name}`);
    if (name === 'bench' && argument) assert.ok(benches.has(argument), `${page}: npm run bench ${argument}`);
  }
});

test('CONTRIBUTING.md tells every Debian package that a whole run of the tests installs', () => {
  const installed = [...text('.ci/run').matchAll(/missing\+=\((\S+)\)/g)].map(([, name]) => `\`${name}\``);
  assert.ok(installed.length > 10, String(installed.length));
  const guides = text('CONTRIBUTING.md') + text('README.md'); // the README: what the site itself needs
  for (const name of installed) assert.ok(guides.includes(name), name);
});

test('bench/README.md tells every bench, and no other', () => {
  const told = [...text('bench/README.md').matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
  assert.deepEqual(told.toSorted(), [...benches.keys()].toSorted());
});

test('tests/README.md tells every folder of tests', () => {
  const folders = new Set(files.flatMap((file) => /^tests\/[^/]+\/(?=.)/.exec(file)?.[0] ?? []));
  for (const folder of folders) assert.ok(text('tests/README.md').includes(`| \`${folder}\``), folder);
});

test('the index of decisions has each of them, under its title', () => {
  const records = pages.filter((page) => /^docs\/decisions\/\d/.test(page)).toSorted();
  const lines = records.map((record) => {
    const [, number, title] = /^# (\d+)\. (.+)$/m.exec(text(record)) ?? [];
    return `${number}. [${title}](${basename(record)})`;
  });
  const index = text('docs/decisions/README.md')
    .split('\n')
    .filter((line) => /^\d+\. /.test(line));
  assert.deepEqual(
    index.map((line) => line.replace(/ : .*/, '')),
    lines,
  );
});

test('the README, or the page of who runs the site, leads to every page', () => {
  const led = text('README.md') + text('docs/exploitation.md');
  const chapters = pages.filter((page) => !/^docs\/(decisions\/\d|mesures\/)|^README\.md$/.test(page));
  for (const page of chapters) assert.ok(led.includes(page), page);
});

test('docs/equipe.md explains each kind of mail that the team gets, each heading and each ban', () => {
  const guide = text('docs/equipe.md').replaceAll("'", '’');
  const mails = everyMail();
  const subjects: Record<Kind, string> = {
    demande: 'Demande ',
    remplacement: 'REMPLACE ',
    annulation: 'ANNULÉE ',
    'trop-tard': 'TROP TARD ',
    essai: 'Essai technique',
    exercice: 'EXERCICE ',
  };
  assert.deepEqual([...new Set(mails.map(({ kind }) => kind))].toSorted(), Object.keys(subjects).toSorted());
  for (const { kind, subject } of mails) {
    assert.ok(subject.startsWith(subjects[kind]), subject);
    assert.ok(guide.includes(`| ${subjects[kind]}`) && guide.includes(`\`${kind}\``), kind);
  }
  const said = new Set(mails.flatMap(partsOf));
  assert.ok(said.size > 15, [...said].join());
  for (const part of said) assert.match(guide, new RegExp(part, 'i'), part);
});

test('the version of package.json is the last one that CHANGELOG.md tells', () => {
  const [, last] = /^## (\d+\.\d+\.\d+) — \d{4}-\d{2}-\d{2}$/m.exec(text('CHANGELOG.md')) ?? [];
  assert.equal(version, last);
  assert.equal(JSON.parse(text('package-lock.json')).version, version);
});

// Each kind of mail, with all that it can say.
function everyMail(): Message[] {
  const full = messageOf(
    { ...everything, tel: '+3 6 39 98 12 34', langue: 'tamoul' },
    { isUnverified: true },
  );
  const translated = messageOf({ mot: 'hirondelle' }, { tongue: 'tamoul' });
  const replaced = messageOf(
    {},
    { replaces: { id: idOf(7), lost: ['avoid', 'codeWord'] }, others: [idOf(8)] },
  );
  const at = new Date('2026-11-23T08:05:00Z');
  return [
    ...[
      full,
      translated,
      replaced,
      messageOf({}, { given: [idOf(7)] }),
      tooLate(full),
      asTest(full),
      asExercise(full),
    ],
    ...[cancellationOf({ id: idOf(7), receivedAt: at, dates: [] }, at, [])],
    cancellationByReference('galet-sapin 54', '34', at),
  ];
}

// Headings in capitals, and what each line of a list is about: its first word.
function partsOf({ text }: Message): string[] {
  const headings = text.match(/^\p{Lu}[\p{Lu}’ ]+\p{Lu}(?=$| \()/gmu) ?? [];
  const lines = [...text.matchAll(/^ {2}- (\p{Lu}[\p{L}’]+)/gmu)].map(([, word = '']) => word);
  return [...headings, ...lines];
}

/** What reads like a file or a folder of this repository: under one of its rooms, or a file name in inline code. */
function pathsIn(markdown: string): Set<string> {
  const placed = [
    ...markdown.matchAll(new RegExp(`(?<![\\w./-])(?:${rooms.join('|')})/[\\w@./*[\\]{},-]*`, 'g')),
  ];
  const inline = [...markdown.matchAll(/`([\w.@[\]*-]+(?:\/[\w.@[\]*-]+)*\/?)`/g)]
    .map(([, name = '']) => name)
    .filter((name) => name.includes('/') || /\w\.(ts|md|json|css|astro|sh|service|socket)$/.test(name));
  return new Set([...placed.map(([path]) => path.replace(/[.,]+$/, '')), ...inline]);
}

// From the root, from the page, from where its readers work; a name alone, anywhere.
function isThere(path: string, page: string): boolean {
  const places = ['', `${dirname(page)}/`, 'tests/', 'src/content/'].map((start) => `${start}${path}`);
  if (places.some((place) => there.has(place) || there.has(`${place}/`))) return true;
  if (path.includes('*'))
    return files.some((file) => [path, `**/${path}`].some((one) => matchesGlob(file, one)));
  return /^[^/]+\/?$/.test(path) && names.has(path);
}
