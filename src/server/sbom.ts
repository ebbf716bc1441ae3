// `npm run sbom`: writes sbom.cdx.json (CycloneDX), every package that builds and serves the site, for every platform. Read
// from the lock file alone: the same one, with the same npm, gives the same bytes on any machine and any day.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

type Bom = {
  metadata: { timestamp?: string; component: { name: string; 'bom-ref': string } };
  serialNumber?: string;
  components: { 'bom-ref': string }[];
  dependencies: { ref: string; dependsOn: string[] }[];
};

const command = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
const bom: Bom = JSON.parse(String(execFileSync('npm', command)));
const root = bom.metadata.component;
const shipped = shippedPackages();

bom.components = bom.components.filter((component) => shipped.has(component['bom-ref']));
bom.dependencies = bom.dependencies
  .filter(({ ref }) => ref === root['bom-ref'] || shipped.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((name) => shipped.has(name)) }));
root.name = JSON.parse(readFileSync('package.json', 'utf8')).name; // npm says the name of the folder
delete bom.serialNumber;
delete bom.metadata.timestamp;

writeFileSync('sbom.cdx.json', `${JSON.stringify(bom, null, 2)}\n`);
console.log(`sbom.cdx.json : ${bom.components.length} paquets`);

// npm's own `--omit=dev` also drops what a tool shares with the site: forty packages, zod and nodemailer among them.
function shippedPackages(): Set<string> {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const locked = Object.entries<{ version: string; dev?: boolean }>(packages).filter(([, { dev }]) => !dev);
  return new Set(locked.map(([path, { version }]) => `${path.replace(/.*node_modules\//, '')}@${version}`));
}
