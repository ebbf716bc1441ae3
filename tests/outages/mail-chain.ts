// A whole mail chain for tests, as a Department has one: Postfix takes what we submit (TLS, SASL, a greylist), and hands it to
// Dovecot, whose boxes have a quota. Both from Debian, in a folder of their own, on ports of their own.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { createServer, connect as openSocket, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeAuthority, skip as withoutOpenssl } from '../support/certificates.ts';
import { temporaryFolder } from '../support/folder.ts';
import { freePort } from '../support/port.ts';

/** Why these tests are skipped, or false. */
export const skip = withoutOpenssl || withoutChain();

function withoutChain(): string | false {
  if (process.getuid?.() !== 0) return 'Postfix and Dovecot change users: only root may start them';
  const { stdout, error } = spawnSync('dovecot', ['--version'], { encoding: 'utf8' });
  if (error || spawnSync('/usr/lib/dovecot/lmtp', ['--help']).error)
    return 'Dovecot is not installed (Debian packages: dovecot-imapd, dovecot-lmtpd)';
  if (!stdout.startsWith('2.3.')) return `Dovecot ${stdout.trim()} reads other settings than 2.3`;
  return spawnSync('postfix', ['-h']).error ? 'Postfix is not installed (Debian package: postfix)' : false;
}

export const boxes = ['site', 'equipe', 'seconde', 'essais'] as const;
export type Box = (typeof boxes)[number];

/** What the one who keeps the boxes gave us. */
export const password = 'un mot de passe d’essai';

const nobody = 65534;

/** A running chain. */
export type Chain = {
  /** The settings of a site that sends through it and reads what comes back. */
  settings: NodeJS.ProcessEnv;
  /** The settings of another door of it, with an old certificate or room for one link only. */
  doors: Record<'outdated' | 'narrow', NodeJS.ProcessEnv>;
  /** The environment that believes its authority, and its port for IMAP. */
  trust: NodeJS.ProcessEnv;
  imapPort: number;
  greylist: { isOn: boolean; refused: number };
  /** The mails of a box, once there are so many: what each is, as text. */
  arrived(box: Box, count: number): Promise<string[]>;
  /** The flags of the mails of a box, as Maildir writes them. */
  files(box: Box): string[];
  /** Makes boxes full, and all others not. */
  fill(...full: Box[]): Promise<void>;
  /** Puts mails into a box, past Postfix. */
  drop(box: Box, ...mails: string[]): Promise<void>;
  /** Renews the old certificate. */
  renew(): void;
  /** Stops Postfix, or starts it again. */
  postfix(what: 'start' | 'stop' | 'reload'): void;
  close(): Promise<void>;
};

/** Starts it; it ends with this process at the latest. */
export async function startChain(): Promise<Chain> {
  const folder = temporaryFolder();
  chmodSync(folder, 0o711);
  const { trust, certify } = makeAuthority();
  const certificate = certify('DNS:localhost');
  const old = certify('DNS:localhost', -2);
  const names = ['submission', 'outdated', 'narrow', 'policy', 'imap', 'lmtp', 'auth'] as const;
  const ports = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await freePort()] as const)),
  ) as Record<(typeof names)[number], number>;
  for (const box of boxes) makeBox(join(folder, 'mail', box));
  writeFileSync(join(folder, 'users'), usersWith([], folder));
  writeFileSync(join(folder, 'dovecot.conf'), dovecotSettings(folder, ports, certificate));
  const dovecot = spawn('dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' });
  const greylist = { isOn: false, refused: 0 };
  const policy = await openPolicy(ports.policy, greylist);
  writePostfix(folder, ports, certificate, old);
  const postfix = (what: 'start' | 'stop' | 'reload') =>
    execFileSync('postfix', ['-c', join(folder, 'postfix'), what], { stdio: 'ignore' });
  postfix('start');
  process.once('exit', () => {
    spawnSync('postfix', ['-c', join(folder, 'postfix'), 'stop'], { stdio: 'ignore' });
    dovecot.kill('SIGTERM');
  });
  for (const port of [ports.imap, ports.lmtp, ports.submission]) await answers(port);
  const doorTo = (port: number) => ({ SMTP_PORT: String(port) });
  return {
    settings: { ...siteSettings(ports), ...trust },
    doors: { outdated: doorTo(ports.outdated), narrow: doorTo(ports.narrow) },
    trust,
    imapPort: ports.imap,
    greylist,
    arrived: (box, count) => arrivedIn(join(folder, 'mail', box), count),
    files: (box) => filesIn(join(folder, 'mail', box)),
    fill: (...full) => fillBoxes(full, folder),
    drop: (box, ...mails) => handOver(ports.lmtp, box, mails),
    renew() {
      copyFileSync(certificate.certFile, join(folder, 'old.pem'));
      copyFileSync(certificate.keyFile, join(folder, 'old.key'));
      postfix('reload');
    },
    postfix,
    async close() {
      spawnSync('postfix', ['-c', join(folder, 'postfix'), 'stop'], { stdio: 'ignore' });
      const ended = once(dovecot, 'exit');
      dovecot.kill('SIGTERM');
      await ended;
      policy.close();
    },
  };
}

function siteSettings(ports: { submission: number; imap: number }): NodeJS.ProcessEnv {
  return {
    SMTP_HOST: 'localhost',
    SMTP_PORT: String(ports.submission),
    SMTP_USER: 'site',
    SMTP_PASS: password,
    MAIL_FROM: 'site@example.org',
    MAIL_TO: 'equipe@example.org',
    MAIL_TO_SECOND: 'seconde@example.org',
    TEST_TO: 'essais@example.org',
    IMAP_HOST: 'localhost',
    IMAP_PORT: String(ports.imap),
    IMAP_USER: 'site',
    IMAP_PASS: password,
  };
}

function makeBox(box: string): void {
  for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(box, part), { recursive: true });
  for (const path of [join(box, '..'), box, ...['new', 'cur', 'tmp'].map((part) => join(box, part))])
    chownSync(path, nobody, nobody);
}

// Dovecot looks at this file once in a second at most.
async function fillBoxes(full: Box[], folder: string): Promise<void> {
  writeFileSync(join(folder, 'users'), usersWith(full, folder));
  const config = join(folder, 'dovecot.conf');
  const ruleOf = (box: Box) =>
    spawnSync('doveadm', ['-c', config, 'user', '-f', 'quota_rule', box], { encoding: 'utf8' }).stdout.trim();
  for (const box of boxes) while (ruleOf(box) !== quotaOf(box, full)) await pause(50);
}

function quotaOf(box: Box, full: Box[]): string {
  return `*:bytes=${full.includes(box) ? 1 : 10_000_000}`;
}

function usersWith(full: Box[], folder: string): string {
  const lineOf = (box: Box) =>
    `${box}:{PLAIN}${password}:${nobody}:${nobody}::${folder}/mail/${box}::userdb_quota_rule=${quotaOf(box, full)}\n`;
  return boxes.map(lineOf).join('');
}

type Ports = Record<'submission' | 'outdated' | 'narrow' | 'policy' | 'imap' | 'lmtp' | 'auth', number>;
type Files = { certFile: string; keyFile: string };

const dovecotSettings = (folder: string, ports: Ports, { certFile, keyFile }: Files) => `
protocols = imap lmtp
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
ssl = required
ssl_cert = <${certFile}
ssl_key = <${keyFile}
mail_location = maildir:~/
mail_plugins = quota
mail_uid = ${nobody}
mail_gid = ${nobody}
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = username_format=%n ${folder}/users
}
userdb {
  driver = passwd-file
  args = username_format=%n ${folder}/users
}
plugin {
  quota = maildir:Box
  quota_rule = *:bytes=10M
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${ports.imap}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${ports.lmtp}
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  inet_listener {
    port = ${ports.auth}
  }
}
`;

function writePostfix(folder: string, ports: Ports, certificate: Files, old: Files): void {
  for (const name of ['postfix', 'spool', 'data']) mkdirSync(join(folder, name));
  const [uid, gid] = ['-u', '-g'].map((of) =>
    Number(execFileSync('id', [of, 'postfix'], { encoding: 'utf8' })),
  );
  chownSync(join(folder, 'data'), uid ?? 0, gid ?? 0);
  copyFileSync(old.certFile, join(folder, 'old.pem'));
  copyFileSync(old.keyFile, join(folder, 'old.key'));
  writeFileSync(join(folder, 'postfix/main.cf'), mainSettings(folder, ports, certificate));
  writeFileSync(join(folder, 'postfix/master.cf'), masterSettings(folder, ports));
}

const mainSettings = (folder: string, ports: Ports, { certFile, keyFile }: Files) => `
compatibility_level = 3.6
queue_directory = ${folder}/spool
data_directory = ${folder}/data
maillog_file = ${folder}/postfix.log
maillog_file_prefixes = ${folder}
myhostname = mx.example.org
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
virtual_mailbox_domains = example.org
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:${ports.lmtp}
smtpd_tls_cert_file = ${certFile}
smtpd_tls_key_file = ${keyFile}
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${ports.auth}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_policy_service inet:127.0.0.1:${ports.policy}, permit_sasl_authenticated, reject
smtpd_client_event_limit_exceptions =
`;

const masterSettings = (folder: string, ports: Ports) => `
127.0.0.1:${ports.submission} inet n - n - - smtpd
127.0.0.1:${ports.outdated} inet n - n - - smtpd
  -o smtpd_tls_cert_file=${folder}/old.pem -o smtpd_tls_key_file=${folder}/old.key
127.0.0.1:${ports.narrow} inet n - n - - smtpd
  -o smtpd_client_connection_count_limit=1
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
lmtp unix - - n - - lmtp
error unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;

// Postfix asks it about each recipient; greylisted, a message is refused until it is offered a second time.
async function openPolicy(port: number, greylist: Chain['greylist']): Promise<Server> {
  const offered = new Set<string>();
  const server = createServer((socket) => {
    let asked = '';
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      asked += chunk;
      if (!asked.endsWith('\n\n')) return;
      const recipient = /^recipient=(.*)$/m.exec(asked)?.[1] ?? '';
      asked = '';
      const isRefused = greylist.isOn && !offered.has(recipient);
      offered.add(recipient);
      if (isRefused) greylist.refused += 1;
      socket.write(`action=${isRefused ? 'DEFER 4.2.0 Greylisted' : 'DUNNO'}\n\n`);
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server.unref();
}

async function answers(port: number): Promise<void> {
  for (;;) {
    const socket = openSocket(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
  }
}

function filesIn(box: string): string[] {
  return ['new', 'cur'].flatMap((part) => readdirSync(join(box, part)).map((name) => join(box, part, name)));
}

async function arrivedIn(box: string, count: number): Promise<string[]> {
  const watcher = watch(join(box, 'new'));
  try {
    while (filesIn(box).length < count) await once(watcher, 'change');
  } finally {
    watcher.close();
  }
  return filesIn(box).map((file) => readFileSync(file, 'utf8'));
}

// LMTP, without a server between: what anybody could have sent.
async function handOver(port: number, box: Box, mails: string[]): Promise<void> {
  const socket = openSocket(port, '127.0.0.1');
  const letters = mails.map((mail) => {
    const commands = ['MAIL FROM:<>', `RCPT TO:<${box}@example.org>`, 'DATA'].join('\r\n');
    return `${commands}\r\n${mail.replaceAll(/\r?\n/g, '\r\n')}\r\n.\r\n`;
  });
  socket.write(['LHLO here\r\n', ...letters, 'QUIT\r\n'].join(''));
  let said = '';
  for await (const chunk of socket) said += chunk;
  if (said.match(/^250 2\.0\.0 .*Saved/gm)?.length !== mails.length) throw new Error(said);
}
