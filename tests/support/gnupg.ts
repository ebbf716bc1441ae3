// A team's own GnuPG, each in a folder of its own.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { temporaryFolder } from './folder.ts';
import { fromGuide } from './guide.ts';

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

/** A key pair as docs/cles.md has it made, in a folder of its own: each question is answered by what GnuPG proposes. */
export function gpgKeyOfGuide(): { home: string; publicKey: string } {
  const home = temporaryFolder();
  homes.push(home);
  writeFileSync(
    join(home, 'gpg.conf'),
    'no-tty\nstatus-fd 2\ncommand-fd 0\npinentry-mode loopback\npassphrase\n',
  );
  const run = (line: string, answers: string[]) =>
    execFileSync('sh', ['-c', line], {
      cwd: home,
      env: { ...process.env, GNUPGHOME: home },
      input: answers.map((answer) => `${answer}\n`).join(''),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
  run(fromGuide('gpg --full-generate-key'), ['', '', '', 'Equipe', 'equipe@example.org', '']);
  run(fromGuide('gpg --armor --export').replace('adresse', 'equipe@example.org'), []);
  return { home, publicKey: readFileSync(join(home, 'equipe.asc'), 'utf8') };
}

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
