// The walls of the house: who may know whom, and which packages, read from every import as it is written. The rules stand
// in CONTRIBUTING.md for who comes new.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

const root = new URL('..', import.meta.url).pathname;

// A room, or one file of another's; `rooms`: the rooms and single files that it may import; `packages`: whole names.
type Rule = { rooms: string[]; packages: string[] };

// What everything may stand on.
const ground = ['src/rappel', 'src/service', 'src/settings'];

const rules: Record<string, Rule> = {
  'src/service': { rooms: ['src/content/faits', 'src/content/langues'], packages: [] },
  'src/settings': { rooms: [], packages: ['zod', 'ipaddr.js', 'leven', 'node:'] },
  'src/browser': { rooms: [], packages: [] },
  'src/built': { rooms: [], packages: ['node:'] },
  'src/rappel': {
    rooms: ['src/service'],
    packages: ['zod', 'libphonenumber-js/max', 'ical-generator', 'node:'],
  },
  'src/partners': { rooms: ['src/service'], packages: ['zod', 'ical-generator'] },
  'src/writing': { rooms: ['src/service', 'src/settings'], packages: ['zod', 'yaml', 'node:'] },
  'src/kit': {
    rooms: ['src/service', 'src/writing'],
    packages: ['bidi-js', 'fflate', 'pdfkit', 'qrcode', 'node:'],
  },
  'src/components': {
    rooms: [
      'src/service',
      'src/rappel/fields.ts',
      'src/rappel/problems.ts',
      'src/partners/link.ts',
      'src/partners/card.ts',
      'src/partners/frame.ts',
    ],
    packages: ['astro:content', 'virtual:site-style', 'node:diagnostics_channel'],
  },
  'src/layouts': {
    rooms: ['src/components', 'src/service', 'src/browser', 'src/rappel/fields.ts'],
    packages: ['astro/types', 'astro:content'],
  },
  'src/pages': {
    rooms: [
      'src/layouts',
      'src/components',
      'src/browser',
      'src/settings',
      'src/rappel',
      'src/partners',
      'src/kit',
      'src/service',
    ],
    packages: ['astro', 'astro:content', 'sharp'],
  },
  'src/server/outbox': {
    rooms: ['src/rappel', 'src/settings'],
    packages: ['pg', 'pg-boss', 'pg-boss/package.json', 'node:'],
  },
  'src/server/mail': {
    rooms: ['src/rappel', 'src/settings'],
    packages: ['imapflow', 'nodemailer', 'nodemailer/lib/mime-node', 'openpgp', 'node:'],
  },
  'src/server/admission': {
    rooms: ['src/rappel', 'src/settings'],
    packages: ['rate-limiter-flexible', 'hcaptcha', 'ipaddr.js', 'node:'],
  },
  'src/server/monitoring': {
    rooms: [...ground, 'src/server/outbox', 'src/server/mail/team-keys.ts', 'src/server/admission/flood.ts'],
    packages: ['pino', 'prom-client', 'node:'],
  },
  'src/server/application.ts': {
    rooms: [
      ...ground,
      'src/server/outbox',
      'src/server/mail',
      'src/server/admission',
      'src/server/monitoring',
      'src/server/garbage.ts',
    ],
    packages: ['node:'],
  },
  'src/server/garbage.ts': { rooms: [], packages: ['node:'] },
  'src/server/authorities.ts': { rooms: [], packages: ['node:'] },
  'src/server/http': {
    rooms: [
      'src/rappel',
      'src/settings',
      'src/built',
      'src/partners',
      'src/server/admission',
      'src/server/monitoring',
      'src/server/application.ts',
      'src/server/garbage.ts',
      'src/service/addresses.ts',
      'src/service/tongues.ts',
    ],
    packages: ['astro/app/entrypoint', 'range-parser', 'node:'],
  },
  'src/server/preflight': {
    rooms: [
      ...ground,
      'src/server/outbox',
      'src/server/mail',
      'src/server/admission',
      'src/server/http/built-pages.ts',
    ],
    packages: ['nodemailer/lib/smtp-connection', 'pg', 'node:'],
  },
  'src/server/alert': {
    rooms: ['src/rappel', 'src/settings', 'src/server/monitoring/advice.ts'],
    packages: ['nodemailer', 'zod', 'node:'],
  },
  'src/server/main.ts': {
    rooms: [
      'src/settings',
      'src/server/application.ts',
      'src/server/authorities.ts',
      'src/server/http',
      'src/server/monitoring',
      'src/server/outbox',
    ],
    packages: ['node:'],
  },
  integrations: {
    rooms: ['src/settings', 'src/writing', 'src/built', 'src/components/inlined.ts'],
    packages: ['@astrojs/node', '@astrojs/sitemap', 'astro', 'esbuild', 'terser', 'node:'],
  },
  'src/packaging': { rooms: [], packages: ['node:'] },
  'src/exit-component': { rooms: ['integrations/minified.ts'], packages: ['node:'] },
  'src/server/start-check.ts': {
    rooms: [
      'src/rappel',
      'src/settings',
      'src/server/http/built-site.ts',
      'src/server/mail/team-keys.ts',
      'src/server/outbox/newer.ts',
    ],
    packages: [],
  },
  'src/command-line': { rooms: [], packages: ['leven'] },
  'src/commands': {
    rooms: [
      'src/command-line',
      'src/rappel',
      'src/service',
      'src/settings',
      'src/writing',
      'src/server',
      'src/exit-component',
      'src/packaging',
    ],
    packages: ['node:'],
  },
};

// Asked for by Astro under these names, and not rooms.
const astros = ['src/content.config.ts', 'src/env.d.ts', 'src/middleware.ts'];

const longestFile = 220;
const mostFloors = { house: 6, server: 5 };

const files = globSync(['{src,integrations}/**/*.{ts,astro}', 'src/pages/.*/**/*.ts'], { cwd: root }).filter(
  (file) => !/\.(test|fake)\.ts$/.test(file),
);
const rooms = Object.keys(rules).sort((one, other) => other.length - one.length);

for (const file of files) {
  const room = roomOf(file);
  test(`${file} imports only what ${room ?? 'Astro’s own files'} may know`, () => {
    assert.ok(room || astros.includes(file), `${file} stands in no room`);
    if (room) for (const name of importsOf(file)) assert.ok(mayImport(file, name, room), `${file} → ${name}`);
  });
}

test('every rule is needed: a wall that nobody leans on any more would let something through one day', () => {
  const needed = new Map(rooms.map((room) => [room, new Set<string>()]));
  for (const file of files) {
    const room = roomOf(file);
    if (!room) continue;
    const names = importsOf(file);
    for (const door of doorsOf(room))
      if (names.some((name) => leadsThrough(file, name, door))) needed.get(room)?.add(door);
  }
  for (const room of rooms) {
    assert.deepEqual(doorsOf(room).sort(), [...(needed.get(room) ?? [])].sort(), room);
  }
});

test('no file comes back to itself through its imports, types included', () => {
  assert.deepEqual(circlesIn(new Map(files.map((file) => [file, targetsOf(file)]))), []);
});

test('the rooms stand on few floors, and none leans on one above it', () => {
  const inServer = (file: string) => file.startsWith('src/server/');
  const house = graphOf(files, (file) => file.split('/').slice(0, 2).join('/'));
  const server = graphOf(files.filter(inServer), (file) => file.split('/').slice(0, 3).join('/'));
  for (const [graph, most] of [
    [house, mostFloors.house],
    [server, mostFloors.server],
  ] as const) {
    assert.deepEqual(circlesIn(graph), []);
    const floors = Math.max(...[...graph.keys()].map((room) => floorOf(room, graph)));
    assert.ok(floors <= most, `${floors} floors`);
  }
});

test('no file is longer than one idea needs', () => {
  const long = files.filter((file) => read(file).split('\n').length - 1 > longestFile);
  assert.deepEqual(long, []);
});

test('nobody imports a page or a test', () => {
  const targets = files.flatMap(targetsOf);
  assert.deepEqual(
    targets.filter((path) => /^(src\/pages|tests)\//.test(path)),
    [],
  );
});

test('raw HTML enters a page in two places only: our scripts and styles, and our sentences with their links', () => {
  assert.deepEqual(
    files.filter((file) => read(file).includes('set:html=')),
    ['src/components/Inline.astro', 'src/components/Said.astro'],
  );
});

test('the number of the line is written once', () => {
  const written = /(01|\+33\s?1|331)[^\da-z]{0,6}89[^\da-z]{0,6}11[^\da-z]{0,6}94[^\da-z]{0,6}94/i;
  const holders = globSync('src/**/*.{ts,astro,md,json}', { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts') && written.test(read(file)),
  );
  assert.deepEqual(holders, ['src/content/faits/ligne.json']);
});

function roomOf(file: string): string | undefined {
  return rooms.find((room) => isUnder(file, room));
}

function isUnder(path: string, room: string): boolean {
  return path === room || path.startsWith(`${room}/`);
}

function importsOf(file: string): string[] {
  return [...read(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

/** The file that an import of our own names. */
function targetOf(file: string, name: string): string {
  return normalize(join(dirname(file), name.replace(/\?.*$/, '')));
}

function targetsOf(file: string): string[] {
  return importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => targetOf(file, name));
}

function mayImport(file: string, name: string, room: string): boolean {
  if (name.startsWith('.') && roomOf(targetOf(file, name)) === room) return true;
  return doorsOf(room).some((door) => leadsThrough(file, name, door));
}

/** The rooms, files and packages that a room may import. */
function doorsOf(room: string): string[] {
  const { rooms: others, packages } = rules[room] ?? { rooms: [], packages: [] };
  return [...others, ...packages];
}

function leadsThrough(file: string, name: string, door: string): boolean {
  if (name.startsWith('.')) return isUnder(targetOf(file, name), door);
  return door.endsWith(':') ? name.startsWith(door) : name === door;
}

type Graph = Map<string, string[]>;

function graphOf(members: string[], nameOf: (file: string) => string): Graph {
  const graph: Graph = new Map(members.map((file) => [nameOf(file), []]));
  for (const file of members)
    for (const target of targetsOf(file).filter((path) => members.includes(path)))
      if (nameOf(target) !== nameOf(file)) graph.get(nameOf(file))?.push(nameOf(target));
  return graph;
}

function floorOf(room: string, graph: Graph): number {
  return 1 + Math.max(0, ...(graph.get(room) ?? []).map((below) => floorOf(below, graph)));
}

/** Each way that comes back to where it began, from the first place met. */
function circlesIn(graph: Graph): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const walk = (place: string, way: string[]) => {
    if (way.includes(place)) circles.push([...way.slice(way.indexOf(place)), place]);
    if (way.includes(place) || done.has(place)) return;
    for (const next of graph.get(place) ?? []) walk(next, [...way, place]);
    done.add(place);
  };
  for (const place of graph.keys()) walk(place, []);
  return circles;
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
