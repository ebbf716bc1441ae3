// The import rules of the house: who may know whom, read from every import as it is written.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

const root = new URL('..', import.meta.url).pathname;

// Floor → floors it may import, and packages it may name ('*': any).
const allowed: Record<string, { floors: string[]; packages: string[] }> = {
  service: { floors: ['content'], packages: [] },
  writing: { floors: ['service', 'settings'], packages: ['zod', 'yaml', 'node:'] },
  rappel: { floors: ['service'], packages: ['zod', 'node:', 'libphonenumber-js', 'ical-generator'] },
  partners: { floors: ['service'], packages: ['zod', 'ical-generator'] },
  server: { floors: ['rappel', 'service', 'settings'], packages: ['*'] },
  settings: { floors: ['server/admission', 'writing'], packages: ['zod', 'node:'] },
  commands: { floors: ['server', 'settings', 'writing', 'rappel', 'service'], packages: ['*'] },
  browser: { floors: [], packages: [] },
  components: {
    floors: ['service', 'rappel/fields.ts', 'partners/card.ts', 'browser'],
    packages: ['astro', 'virtual:site-style', 'node:diagnostics_channel'],
  },
  kit: { floors: ['service', 'writing'], packages: ['bidi-js', 'pdfkit', 'qrcode', 'node:'] },
  layouts: { floors: ['components', 'service', 'browser'], packages: ['astro'] },
  pages: {
    floors: [
      'layouts',
      'components',
      'browser',
      'server',
      'settings',
      'rappel',
      'partners',
      'kit',
      'service',
    ],
    packages: ['astro', 'sharp'],
  },
  integrations: {
    floors: [
      'settings',
      'writing',
      'components/inlined.ts',
      'server/http/built-pages.ts',
      'server/http/compression.ts',
      'server/http/content-policy.ts',
    ],
    packages: ['astro', '@astrojs/node', '@astrojs/sitemap', 'esbuild', 'terser', 'node:'],
  },
};

const files = globSync(['src/**/*.{ts,astro}', 'integrations/*.ts'], { cwd: root }).filter(
  (file) => !/\.(test|fake)\.ts$/.test(file),
);

for (const file of files) {
  const floor = floorOf(file);
  const rule = allowed[floor];
  if (!rule) continue; // src/*.ts: what Astro itself asks for
  test(`${file} imports only what ${floor}/ may know`, () => {
    for (const name of importsOf(file)) assert.ok(mayImport(file, name, rule), `${file} imports ${name}`);
  });
}

test('nobody imports a page or a test, and the house has its rooms', () => {
  const everything = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith('.'))
      .map((name) => normalize(join(dirname(file), name))),
  );
  assert.deepEqual(
    everything.filter((path) => /^(src\/pages|tests)\//.test(path)),
    [],
  );
  assert.deepEqual(
    [...new Set(files.map(floorOf))].filter((floor) => !floor.includes('.')).sort(),
    Object.keys(allowed).sort(),
  );
});

test('raw HTML enters a page in one place only: the scripts and styles we wrote ourselves', () => {
  assert.deepEqual(
    files.filter((file) => read(file).includes('set:html=')),
    ['src/components/Inline.astro'],
  );
});

test('the number of the line is written once', () => {
  const written = /(01|\+33\s?1|331)[^\da-z]{0,6}89[^\da-z]{0,6}11[^\da-z]{0,6}94[^\da-z]{0,6}94/i;
  const holders = globSync('src/**/*.{ts,astro,md,json}', { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts') && written.test(read(file)),
  );
  assert.deepEqual(holders, ['src/content/faits/ligne.json']);
});

function floorOf(file: string): string {
  return file.replace(/^src\//, '').split('/')[0] ?? '';
}

function importsOf(file: string): string[] {
  return [...read(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

function mayImport(file: string, name: string, rule: { floors: string[]; packages: string[] }): boolean {
  if (!name.startsWith('.')) return rule.packages.some((known) => known === '*' || name.startsWith(known));
  const target = normalize(join(dirname(file), name)).replace(/^src\//, '');
  const own = `${floorOf(file)}/`;
  return [own, ...rule.floors.map((floor) => (floor.includes('.') ? floor : `${floor}/`))].some((start) =>
    target.startsWith(start),
  );
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
