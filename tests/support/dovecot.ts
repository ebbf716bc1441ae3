// A real Dovecot over a folder of mails, spoken to through a pipe: its IMAP, already logged in. It refuses to serve root.
import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryFolder } from './folder.ts';

const program = '/usr/lib/dovecot/imap';

/** Why a test that needs it is skipped, if it is. */
export const withoutDovecot =
  spawnSync(program, ['--help']).error === undefined
    ? false
    : 'Dovecot is not installed (Debian package: dovecot-imapd)';

const nobody = 65534;

/** What Dovecot answers to some commands on a mailbox with these mails, which it has received in this order. */
export async function askDovecot(mails: readonly Buffer[], commands: readonly string[]): Promise<string> {
  const home = temporaryFolder();
  const user = process.getuid?.() || nobody;
  const group = process.getgid?.() || nobody;
  const folders = ['', 'mail', 'mail/new', 'mail/cur', 'mail/tmp', 'run'].map((name) => join(home, name));
  for (const folder of folders.slice(1)) mkdirSync(folder);
  const files = mails.map((_, index) => join(home, 'mail/new', `${1_000_000 + index}.M${index}.here`));
  for (const [index, file] of files.entries()) writeFileSync(file, mails[index] ?? '');
  const config = join(home, 'dovecot.conf');
  writeFileSync(
    config,
    [
      ...[`mail_location = maildir:${home}/mail`, `base_dir = ${home}/run`, `state_dir = ${home}/run`],
      ...[`mail_uid = ${user}`, `mail_gid = ${group}`, 'stats_writer_socket_path =', 'ssl = no', ''],
    ].join('\n'),
  );
  if (process.getuid?.() === 0)
    for (const path of [...folders, ...files, config]) chownSync(path, user, group);
  const imap = spawn(program, ['-c', config], {
    env: { HOME: home, USER: 'equipe', PATH: '/usr/bin:/bin' },
    ...(process.getuid?.() === 0 ? { uid: user, gid: group } : {}),
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: 60_000,
  });
  const lines = ['SELECT INBOX', ...commands, 'LOGOUT'].map((command, index) => `${index} ${command}\r\n`);
  imap.stdin.end(lines.join(''));
  return text(imap.stdout);
}
