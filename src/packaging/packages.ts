// Which npm packages a machine needs: those that serve, those that only build, the Node of both. Read from the lock file.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Versions = Record<string, string>;

type Locked = {
  dev?: true;
  license?: string;
  version: string;
  dependencies?: Versions;
  optionalDependencies?: Versions;
  peerDependencies?: Versions;
};

/** The packages of an installed site, each as its folder, such as `node_modules/pg`. */
export type Packages = { node: string; serving: string[]; building: string[] };

/** A package, for the list of licences. */
export type Licensed = { name: string; version: string; license: string };

// The direct dependencies that nothing of the server imports: they make pages, papers and drawings.
const builders =
  /^(astro|@astrojs\/.+|@fontsource\/.+|bidi-js|esbuild|fflate|pdfkit|qrcode|sharp|terser|yaml)$/;

/**
 * What Astro leaves as an import in `dist/server`: the pages rendered on demand need it beside them, and nothing of what these
 * packages themselves depend on.
 */
export const rendered = [
  '@astrojs/internal-helpers',
  '@oslojs/encoding',
  'clsx',
  'cookie',
  'devalue',
  'html-escaper',
  'mrmime',
  'piccolore',
];

/** Sorts the packages that are installed in a folder. Throws when Node for this machine is not one of them. */
export function packagesOf(root: string): Packages {
  const locked = lockOf(root);
  const isThere = (path: string) => path !== '' && !locked[path]?.dev && existsSync(join(root, path));
  const node = `node_modules/node-linux-${process.arch}`;
  if (!isThere(node))
    throw new Error(`${node} n’est pas installé : le paquet se fait sous Linux, x64 ou arm64`);
  const own = Object.keys(locked['']?.dependencies ?? {}).filter((name) => !builders.test(name));
  const alone = rendered.map((name) => `node_modules/${name}`);
  const serving = [...new Set([...closureOf(own, locked), ...alone])].filter(isThere);
  const building = Object.keys(locked).filter(
    (path) => isThere(path) && !serving.includes(path) && !/^node_modules\/node-/.test(path),
  );
  return { node, serving: serving.toSorted(), building: building.toSorted() };
}

/** The licence of each of some packages, by name. */
export function licencesOf(root: string, paths: string[]): Licensed[] {
  const locked = lockOf(root);
  return paths.map((path) => {
    const { version = '', license = '' } = locked[path] ?? {};
    return { name: path.split('node_modules/').at(-1) ?? path, version, license };
  });
}

function lockOf(root: string): Record<string, Locked> {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
}

/** Some packages and all that they need, as folders. */
function closureOf(names: string[], locked: Record<string, Locked>): string[] {
  const found = new Set<string>();
  const visit = (name: string, from: string) => {
    const path = placeOf(name, from, locked);
    if (!path || found.has(path)) return;
    found.add(path);
    const { dependencies, optionalDependencies, peerDependencies } = locked[path] ?? {};
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }))
      visit(next, path);
  };
  for (const name of names) visit(name, '');
  return [...found];
}

// As Node looks for it: in the package itself, then in each folder above. Undefined: it may be left out, and is.
function placeOf(name: string, from: string, locked: Record<string, Locked>): string | undefined {
  const parts = from ? from.split('/node_modules/') : [];
  const above = parts.map((_, depth) => parts.slice(0, parts.length - depth).join('/node_modules/'));
  return [...above, '']
    .map((place) => `${place && `${place}/`}node_modules/${name}`)
    .find((place) => locked[place]);
}
