// `npm run paquet`: writes paquets/, the site as a Debian package and as an archive, for machines like this one.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { architecture, archiveBeside, packDebian, treeIn } from '../packaging/debian.ts';
import { layTree } from '../packaging/tree.ts';
import { version } from '../settings/version.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

// The day of what is packed, not of the packing.
const seconds = Number(
  process.env.SOURCE_DATE_EPOCH ??
    execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }),
);

const file = join(root, `paquets/un-premier-pas_${version}_${architecture()}.deb`);
const stage = mkdtempSync(join(tmpdir(), 'paquet-'));
try {
  mkdirSync(join(root, 'paquets'), { recursive: true });
  layTree(root, treeIn(stage), { seconds, level: 12 });
  const bytes = packDebian(root, stage, { version, seconds, file, level: 9 });
  console.log(`${file} : ${Math.round(bytes / 1e6)} Mo une fois installé`);
  console.log(archiveBeside(file, 9));
} finally {
  rmSync(stage, { recursive: true });
}
