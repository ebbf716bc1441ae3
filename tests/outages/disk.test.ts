// The disk goes wrong under the outbox: full, read-only, corrupt, of another version, shared by two.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { boxFor, sealMessage } from '../../src/rappel/seal.ts';
import { mailSettings, openMailbox, runSite, type Site, startSite, temporaryFolder } from '../site.ts';

const preload = new URL('wrong-clock.ts', import.meta.url).href;
const minute = 60_000;
const mounts: string[] = [];

after(() => {
  for (const folder of mounts) spawnSync('umount', ['--lazy', folder]);
});

/** A file system of its own, with a few megabytes more than the floor below which nothing new is accepted. */
function smallDisk(): string {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=80m', 'tmpfs', folder]);
  mounts.push(folder);
  return folder;
}

const skip =
  process.getuid?.() === 0 && canMount() ? false : 'a small file system needs the right to mount one (root)';

function canMount(): boolean {
  const folder = temporaryFolder();
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  if (status === 0) spawnSync('umount', [folder]);
  return status === 0;
}

/** Takes room until some megabytes remain. */
function leave(megabytes: number, folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize - megabytes * 2 ** 20, 1));
}

/** Takes all the room there is, to the last byte. */
function fill(folder: string): void {
  const file = openSync(join(folder, 'ballast'), 'w');
  for (const size of [2 ** 20, 4096, 1]) {
    try {
      while (writeSync(file, Buffer.alloc(size, 1)) === size);
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
    }
  }
  closeSync(file);
}

async function ask(site: Site, prenom: string): Promise<number> {
  const body = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', prenom });
  const answer = await fetch(`${site.origin}/contact/envoi`, { method: 'POST', body, redirect: 'manual' });
  if (answer.status === 503) {
    const page = await answer.text();
    assert.match(page, /Votre demande <strong>n’est pas partie<\/strong>[\s\S]*tel:\+33189119494/);
    assert.match(page, new RegExp(`value="${prenom}"`));
  }
  return answer.status;
}

async function health(site: Site): Promise<{ alarms: string[]; waiting: number }> {
  return (await fetch(`${site.origin}/sante`)).json() as Promise<{ alarms: string[]; waiting: number }>;
}

/** A port at which no mail server listens yet. */
async function silentPort(): Promise<number> {
  const { port, close } = await openMailbox();
  await close();
  return port;
}

function wrongClock() {
  const CLOCK_FILE = join(temporaryFolder(), 'clock');
  const set = (wrongByMs: number) => writeFileSync(CLOCK_FILE, String(wrongByMs));
  set(0);
  return { settings: { NODE_OPTIONS: `--import ${preload}`, CLOCK_FILE }, set };
}

test('a nearly full disk refuses new requests and says so; what waits still leaves', { skip }, async () => {
  const dataDir = smallDisk();
  const port = await silentPort();
  const site = await startSite({ ...mailSettings({ port }), DATA_DIR: dataDir });
  assert.equal(await ask(site, 'Tournesol'), 303);
  leave(60, dataDir);
  assert.equal(await ask(site, 'Coquelicot'), 503);
  assert.ok((await health(site)).alarms.includes('DISK_FULL'));
  const mailbox = await openMailbox(port);
  await mailbox.received(1);
  rmSync(join(dataDir, 'ballast'));
  assert.equal(await ask(site, 'Coquelicot'), 303);
  await mailbox.received(2);
  await site.stop();
  await mailbox.close();
});

test('a full disk: what waits is sent, once however long it lasts, and erased when there is room', {
  skip,
}, async () => {
  const dataDir = smallDisk();
  const port = await silentPort();
  const clock = wrongClock();
  const site = await startSite({ ...mailSettings({ port }), ...clock.settings, DATA_DIR: dataDir });
  for (const prenom of ['Tournesol', 'Coquelicot']) assert.equal(await ask(site, prenom), 303);
  fill(dataDir);
  assert.equal(await ask(site, 'Jonquille'), 503);
  const mailbox = await openMailbox(port);
  await mailbox.received(2);
  const failures = () => site.output().match(/"erase-failed"/g)?.length ?? 0;
  for (let lease = 1; lease <= 3; lease += 1) {
    clock.set(lease * 2 * minute);
    const before = failures();
    while (failures() === before) await site.wrote();
  }
  rmSync(join(dataDir, 'ballast'));
  clock.set(10 * minute);
  while ((await health(site)).waiting > 0);
  assert.equal(await ask(site, 'Jonquille'), 303);
  await mailbox.received(3);
  await site.stop();
  assert.equal(mailbox.mails.length, 3);
  await mailbox.close();
});

test('a read-only disk stops the start, and the setting is named', { skip }, async () => {
  const DATA_DIR = smallDisk();
  writeFileSync(join(DATA_DIR, 'secret'), 'un secret pour essayer, assez long');
  mkdirSync(join(DATA_DIR, 'courriels'));
  execFileSync('mount', ['-o', 'remount,ro', DATA_DIR]);
  const site = runSite({ DATA_DIR, PORT: '0' });
  assert.deepEqual(await site.ended, { code: 1, signal: null });
  assert.match(site.output(), /^Réglage DATA_DIR : /m);
});

/** Writes nonsense over all that a file holds. */
function corrupt(file: string): Buffer {
  const nonsense = Buffer.alloc(readFileSync(file).length, 'abîmée ');
  writeFileSync(file, nonsense);
  return nonsense;
}

function setAside(dataDir: string): string[] {
  return readdirSync(dataDir).filter((name) => /abimee.*Z$/.test(name));
}

test('a corrupt file found at the start is moved aside untouched, said, and requests are taken', async () => {
  const port = await silentPort();
  const first = await startSite(mailSettings({ port }));
  assert.equal(await ask(first, 'Tournesol'), 303);
  await first.stop();
  const { dataDir } = first;
  const nonsense = corrupt(join(dataDir, 'demandes.sqlite'));
  const mailbox = await openMailbox(port);
  const site = await startSite({ ...mailSettings({ port }), DATA_DIR: dataDir });
  assert.deepEqual(
    setAside(dataDir).map((name) => readFileSync(join(dataDir, name)).equals(nonsense)),
    [true],
  );
  assert.ok((await health(site)).alarms.includes('OUTBOX_SET_ASIDE'));
  assert.equal(await ask(site, 'Coquelicot'), 303);
  await mailbox.received(1);
  for (const name of setAside(dataDir)) rmSync(join(dataDir, name));
  assert.ok(!(await health(site)).alarms.includes('OUTBOX_SET_ASIDE'));
  await site.stop();
  await mailbox.close();
});

test('a file that becomes corrupt under a running site is moved aside, and requests go on', async () => {
  const port = await silentPort();
  const site = await startSite(mailSettings({ port }));
  const many = Array.from({ length: 200 }, (_, n) => ask(site, `Fleur ${n}`)); // more than SQLite keeps in memory
  assert.deepEqual(new Set(await Promise.all(many)), new Set([303]));
  corrupt(join(site.dataDir, 'demandes.sqlite'));
  while (setAside(site.dataDir).length === 0) await site.wrote();
  assert.equal(await ask(site, 'Coquelicot'), 303);
  const mailbox = await openMailbox(port);
  const [mail] = await mailbox.received(1);
  assert.match(mail?.text ?? '', /« Coquelicot »/);
  assert.ok((await health(site)).alarms.includes('OUTBOX_SET_ASIDE'));
  await site.stop();
  await mailbox.close();
});

test('an outbox of the first version goes on under this one, its request included', async () => {
  const dataDir = temporaryFolder();
  const OUTBOX_SECRET = 'un secret assez long pour servir de secret';
  const sealed = sealMessage({ text: 'Une demande d’avant' }, boxFor(OUTBOX_SECRET, 'message'));
  const db = new DatabaseSync(join(dataDir, 'demandes.sqlite'));
  db.exec(`CREATE TABLE outbox (id TEXT PRIMARY KEY, received_at INTEGER NOT NULL, sealed BLOB NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL, departure INTEGER NOT NULL DEFAULT 0) STRICT;
    CREATE TABLE forms (key TEXT PRIMARY KEY, id TEXT NOT NULL, content TEXT NOT NULL, received_at INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
    CREATE TABLE replaced (id TEXT PRIMARY KEY, by TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE withdrawn (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 1`);
  db.prepare('INSERT INTO outbox (id, received_at, sealed, next_at) VALUES (?, ?, ?, 0)').run(
    'a'.repeat(32),
    0,
    sealed,
  );
  db.close();
  const mailbox = await openMailbox();
  const site = await startSite({ ...mailSettings(mailbox), DATA_DIR: dataDir, OUTBOX_SECRET });
  const [mail] = await mailbox.received(1);
  assert.match(mail?.text ?? '', /^Une demande d’avant/);
  await site.stop();
  await mailbox.close();
});

test('an outbox of a newer version stops the start, named, and is left as it is', async () => {
  const DATA_DIR = temporaryFolder();
  const file = join(DATA_DIR, 'demandes.sqlite');
  const db = new DatabaseSync(file);
  db.exec('PRAGMA user_version = 99');
  db.close();
  const site = runSite({ DATA_DIR, PORT: '0' });
  assert.deepEqual(await site.ended, { code: 1, signal: null });
  assert.match(site.output(), /^Réglage DATA_DIR : .*version plus récente/m);
  assert.equal(setAside(DATA_DIR).length, 0);
});

test('two sites on one file: each request arrives once, and one carries on when the other is killed', async () => {
  const port = await silentPort();
  const DATA_DIR = temporaryFolder();
  const sites = [
    await startSite({ ...mailSettings({ port }), DATA_DIR }),
    await startSite({ ...mailSettings({ port }), DATA_DIR }),
  ];
  const asked = Array.from({ length: 40 }, (_, n) => ask(sites[n % 2] as Site, `Fleur ${n}`));
  assert.deepEqual(new Set(await Promise.all(asked)), new Set([303]));
  const mailbox = await openMailbox(port);
  await mailbox.received(10);
  await sites[0]?.stop('SIGKILL');
  await mailbox.received(39); // the one that was being sent waits for its lease to end
  const names = mailbox.mails.map(({ text }) => /Fleur \d+/.exec(text ?? '')?.[0]);
  assert.equal(new Set(names).size, names.length);
  await sites[1]?.stop();
  await mailbox.close();
});
