// The public keys of a team, as its own mail tool would make them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKey } from 'openpgp';
import { temporaryFolder } from './folder.ts';

/** A file with public keys of a team, that end in some days from now. */
export async function keyFile(...daysLeft: number[]): Promise<string> {
  const day = 86_400;
  const made = daysLeft.map((days) =>
    generateKey({
      userIDs: [{ name: 'Equipe', email: 'equipe@example.org' }],
      date: new Date(Date.now() - 100 * day * 1000),
      keyExpirationTime: (100 + days) * day + 3600,
      format: 'armored',
    }),
  );
  const file = join(temporaryFolder(), 'equipe.asc');
  writeFileSync(file, (await Promise.all(made)).map(({ publicKey }) => publicKey).join('\n'));
  return file;
}
