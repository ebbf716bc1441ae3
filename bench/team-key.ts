// A key of the team, as in service: requests are closed for it before they touch the disk.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKey } from 'openpgp';
import { temporaryFolder } from '../tests/site.ts';

/** A file with a new public key. */
export async function teamKey(): Promise<string> {
  const userIDs = [{ name: 'Équipe', email: 'equipe@example.org' }];
  const { publicKey } = await generateKey({ userIDs, format: 'armored' });
  const file = join(temporaryFolder(), 'equipe.asc');
  writeFileSync(file, publicKey);
  return file;
}
