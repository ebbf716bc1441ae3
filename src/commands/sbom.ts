// `npm run sbom`: writes sbom.cdx.json (CycloneDX), every package that builds and serves the site, for every platform. Read
// from the lock file alone: the same one gives the same bytes, with any npm, on any machine and any day.
import { readFileSync, writeFileSync } from 'node:fs';

type Versions = Record<string, string>;

type Locked = {
  version: string;
  dev?: true;
  optional?: true;
  devOptional?: true;
  integrity?: string;
  license?: string;
  dependencies?: Versions;
  optionalDependencies?: Versions;
  peerDependencies?: Versions;
};

const { name, version, description, license } = JSON.parse(readFileSync('package.json', 'utf8'));
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Locked>;
};

// `dev` is what tools alone need; npm's own `--omit=dev` also drops what they share with the site, zod among them.
const shipped = Object.entries(packages).filter(([path, { dev }]) => path && !dev);
const root = { name, version, purl: purlOf(name, version), 'bom-ref': `${name}@${version}` };

const components = new Map(shipped.map(([path, locked]) => [refOf(path), componentOf(path, locked)]));
const dependencies = new Map([['', packages[''] as Locked] as const, ...shipped].map(dependencyOf));

const bom = {
  $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: {
    lifecycles: [{ phase: 'pre-build' }],
    component: { type: 'application', ...root, description, ...licensed(license) },
  },
  components: [...components.values()],
  dependencies: [...dependencies].map(([ref, dependsOn]) => ({ ref, dependsOn })),
};

writeFileSync('sbom.cdx.json', `${JSON.stringify(bom, null, 2)}\n`);
console.log(`sbom.cdx.json : ${bom.components.length} paquets`);

function componentOf(path: string, { version, optional, devOptional, integrity = '', license }: Locked) {
  const [, digest = ''] = integrity.split('sha512-');
  return {
    type: 'library',
    'bom-ref': refOf(path),
    name: nameOf(path),
    version,
    scope: optional || devOptional ? 'optional' : 'required',
    hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }],
    ...licensed(license),
    purl: purlOf(nameOf(path), version),
  };
}

function dependencyOf([path, locked]: readonly [string, Locked]): [string, string[]] {
  const { dependencies, optionalDependencies, peerDependencies } = locked;
  const names = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
  const found = names.map((name) => foundFrom(path, name)).filter((place) => place && !packages[place]?.dev);
  return [path ? refOf(path) : root['bom-ref'], [...new Set(found.map((place) => refOf(`${place}`)))]];
}

// As Node looks for it: in the package itself, then in each folder above. Undefined: it may be left out, and is.
function foundFrom(path: string, name: string): string | undefined {
  const parts = path ? path.split('/node_modules/') : [];
  const above = parts.map((_, depth) => parts.slice(0, parts.length - depth).join('/node_modules/'));
  return [...above, '']
    .map((place) => `${place && `${place}/`}node_modules/${name}`)
    .find((place) => packages[place]);
}

function nameOf(path: string): string {
  return path.split('node_modules/').at(-1) ?? '';
}

function refOf(path: string): string {
  return `${nameOf(path)}@${packages[path]?.version}`;
}

function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function licensed(license: string | undefined) {
  if (!license) return {};
  return { licenses: [license.includes(' ') ? { expression: license } : { license: { id: license } }] };
}
