// A team's own GnuPG, each in a folder of its own.
import { execFileSync, spawnSync } from 'node:child_process';
import { after } from 'node:test';
import { temporaryFolder } from './folder.ts';

/** Why a test that needs it is skipped, if it is. */
export const withoutGnupg =
  spawnSync('gpg', ['--version']).status === 0 ? false : 'GnuPG is not installed (Debian package: gnupg)';

/** What GnuPG writes when it is run on a folder of keys. */
export function gpg(home: string, args: string[], input?: Buffer): Buffer {
  return execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', '--passphrase', '', ...args], {
    input,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

const homes: string[] = [];

after(() => {
  for (const home of homes) spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']); // each has started an agent
});

/** A key pair made by GnuPG itself, in a folder of its own. */
export function gpgKey(algorithm: string): { home: string; publicKey: string } {
  const home = temporaryFolder();
  homes.push(home);
  gpg(home, [
    '--pinentry-mode',
    'loopback',
    '--quick-generate-key',
    'Equipe <equipe@example.org>',
    algorithm,
    'default',
    '2y',
  ]);
  return { home, publicKey: gpg(home, ['--armor', '--export']).toString() };
}
