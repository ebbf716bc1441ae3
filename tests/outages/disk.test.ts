// The disk goes wrong under the outbox: full, read-only, corrupt, of another version, shared by two.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { boxFor } from '../../src/rappel/seal.ts';
import { temporaryFolder } from '../support/folder.ts';
import { type Mailbox, mailSettings, openMailbox } from '../support/mailbox.ts';
import { freePort } from '../support/port.ts';
import { runSite, type Site, startSite } from '../support/site.ts';
import { codesExplained, healthOf, isKeptAgain, post, standsWithoutOutbox } from './standing.ts';

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

function wrongClock() {
  const CLOCK_FILE = join(temporaryFolder(), 'clock');
  const set = (wrongByMs: number) => writeFileSync(CLOCK_FILE, String(wrongByMs));
  set(0);
  return { settings: { NODE_OPTIONS: `--import ${preload}`, CLOCK_FILE }, set };
}

test('a nearly full disk refuses new requests and says so; what waits still leaves', { skip }, async () => {
  const dataDir = smallDisk();
  const port = await freePort();
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
  const port = await freePort();
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

/**
 * A site stopped by a power cut with two requests waiting. Gives the token of the first, and what starts it again two minutes
 * later, when what was being sent is due again.
 */
async function cutWithTwoWaiting(dataDir: string, signal: NodeJS.Signals = 'SIGKILL') {
  const port = await freePort();
  const settings = { ...mailSettings({ port }), DATA_DIR: dataDir };
  const site = await startSite(settings);
  const [{ token }] = [await post(site, 'Tournesol'), await post(site, 'Coquelicot')];
  await site.stop(signal);
  const clock = wrongClock();
  clock.set(2 * minute);
  return { port, settings: { ...settings, ...clock.settings }, token };
}

/** The first names in the e-mails of a mailbox. */
function namesIn({ mails }: Mailbox): (string | undefined)[] {
  return mails.map(({ text }) => /inventé : « (\S+) »/.exec(text ?? '')?.[1]).toSorted();
}

const flowers = ['Coquelicot', 'Jonquille', 'Tournesol'];

for (const [how, signal, isIndexLost] of [
  ['after a power cut', 'SIGKILL', false],
  ['after a power cut that took the index of the log', 'SIGKILL', true],
  ['after a stop', 'SIGTERM', false],
] as const)
  test(`a disk already full at the start, ${how}: pages stand, what waits leaves, and all heals`, {
    skip,
  }, async () => {
    const dataDir = smallDisk();
    const { port, settings, token } = await cutWithTwoWaiting(dataDir, signal);
    if (isIndexLost) rmSync(join(dataDir, 'demandes.sqlite-shm'));
    fill(dataDir);
    const site = await startSite(settings);
    await standsWithoutOutbox(site, 'DISK_FULL', token);
    const mailbox = await openMailbox(port);
    await mailbox.received(2);
    rmSync(join(dataDir, 'ballast'));
    await isKeptAgain(site, 'Jonquille');
    await mailbox.received(3);
    while ((await healthOf(site)).waiting !== 0);
    await site.stop();
    assert.deepEqual(namesIn(mailbox), flowers);
    await mailbox.close();
  });

test('a first start on a full disk: pages stand, and requests are kept once there is room', {
  skip,
}, async () => {
  const DATA_DIR = smallDisk();
  fill(DATA_DIR);
  const OUTBOX_SECRET = 'un secret assez long pour servir de secret';
  const mailbox = await openMailbox();
  const site = await startSite({ ...mailSettings(mailbox), DATA_DIR, OUTBOX_SECRET });
  await standsWithoutOutbox(site, 'OUTBOX_UNREADABLE');
  assert.deepEqual(codesExplained(site), ['ERR_SQLITE_ERROR 13']);
  rmSync(join(DATA_DIR, 'ballast'));
  await isKeptAgain(site, 'Jonquille');
  await mailbox.received(1);
  await site.stop();
  await mailbox.close();
});

for (const signal of ['SIGKILL', 'SIGTERM'] as const)
  test(`a disk that is read-only at the start, after ${signal}: pages stand, what waits leaves, and all heals`, {
    skip,
  }, async () => {
    const dataDir = smallDisk();
    const { port, settings, token } = await cutWithTwoWaiting(dataDir, signal);
    execFileSync('mount', ['-o', 'remount,ro', dataDir]);
    const site = await startSite(settings);
    await standsWithoutOutbox(site, 'OUTBOX_UNREADABLE', token);
    const mailbox = await openMailbox(port);
    await mailbox.received(2);
    execFileSync('mount', ['-o', 'remount,rw', dataDir]);
    await isKeptAgain(site, 'Jonquille');
    await mailbox.received(3);
    while ((await healthOf(site)).waiting !== 0);
    assert.ok(!(await healthOf(site)).alarms.includes('OUTBOX_UNREADABLE'));
    await site.stop();
    assert.deepEqual(namesIn(mailbox), flowers);
    await mailbox.close();
  });

test('a file locked by somebody else, or that may not be opened: pages stand, and all heals by itself', async () => {
  const dataDir = temporaryFolder();
  const { port, settings, token } = await cutWithTwoWaiting(dataDir);
  const file = join(dataDir, 'demandes.sqlite');
  const other = new DatabaseSync(file);
  other.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE');
  const locked = await startSite(settings);
  await standsWithoutOutbox(locked, 'OUTBOX_UNREADABLE', token);
  other.close();
  await isKeptAgain(locked, 'Jonquille');
  await locked.stop();

  renameSync(file, `${file}.ailleurs`);
  mkdirSync(file);
  const site = await startSite(settings);
  await standsWithoutOutbox(site, 'OUTBOX_UNREADABLE', token);
  rmdirSync(file);
  renameSync(`${file}.ailleurs`, file);
  const mailbox = await openMailbox(port);
  await mailbox.received(3);
  await isKeptAgain(site, 'Jonquille'); // known already
  await site.stop();
  assert.deepEqual([locked, site].flatMap(codesExplained), ['ERR_SQLITE_ERROR 5', 'ERR_SQLITE_ERROR 14']);
  for (const { output } of [locked, site]) assert.doesNotMatch(output(), /"outbox-failed"/);
  assert.deepEqual(namesIn(mailbox), flowers);
  await mailbox.close();
});

test('a folder taken away under a running site: pages stand, a form is refused, and health says so', async () => {
  const site = await startSite();
  rmSync(site.dataDir, { recursive: true });
  await standsWithoutOutbox(site, 'OUTBOX_UNREADABLE');
  await site.stop();
});

test('a corrupt file on a full disk is moved aside, and a new one is made once there is room', {
  skip,
}, async () => {
  const dataDir = smallDisk();
  const { settings } = await cutWithTwoWaiting(dataDir, 'SIGTERM');
  const nonsense = corrupt(join(dataDir, 'demandes.sqlite'));
  fill(dataDir);
  const site = await startSite(settings);
  await standsWithoutOutbox(site, 'OUTBOX_SET_ASIDE');
  rmSync(join(dataDir, 'ballast'));
  await isKeptAgain(site, 'Jonquille');
  const [aside = '', ...others] = setAside(dataDir);
  assert.deepEqual(others, []);
  assert.ok(readFileSync(join(dataDir, aside)).equals(nonsense));
  await site.stop();
});

test('a flood that filled the disk and left gives it back: something else may grow, and requests are kept', {
  skip,
}, async () => {
  const dataDir = smallDisk();
  const file = join(dataDir, 'demandes.sqlite');
  const port = await freePort();
  const site = await startSite({ ...mailSettings({ port }), DATA_DIR: dataDir });
  let kept = 0;
  for (let wave = 0; wave < 100; wave += 1) {
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, n) => post(site, `Fleur ${wave * 20 + n}`)),
    );
    kept += asked.filter(({ status }) => status === 303).length;
    if ((await healthOf(site)).alarms.includes('DISK_FULL')) break;
  }
  // What the file has just tidied up may still hold one or two.
  let status = 303;
  for (let n = 0; n < 50 && status === 303; n += 1) {
    ({ status } = await post(site, `Bleuet ${n}`));
    if (status === 303) kept += 1;
  }
  assert.equal(status, 503);
  const mailbox = await openMailbox(port);
  await mailbox.received(kept);
  const end = performance.now() + 30_000;
  while (statSync(file).size > 2 * 2 ** 20)
    assert.ok((await healthOf(site)).waiting !== null && performance.now() < end);
  writeFileSync(join(dataDir, 'ballast'), Buffer.alloc(10 * 2 ** 20, 1));
  await isKeptAgain(site, 'Coquelicot');
  assert.ok(!(await healthOf(site)).alarms.includes('DISK_FULL'));
  await mailbox.received(kept + 1);
  await site.stop();
  await mailbox.close();
});

test('pages that the file does not use count as room, for the door and for health alike', {
  skip,
}, async () => {
  const DATA_DIR = smallDisk();
  const file = join(DATA_DIR, 'demandes.sqlite');
  const db = new DatabaseSync(file); // one that cannot shrink, and is too large to be made to
  db.exec('PRAGMA journal_mode=WAL; CREATE TABLE elsewhere (bytes BLOB)');
  const insert = db.prepare('INSERT INTO elsewhere VALUES (zeroblob(20 * 1024 * 1024))');
  insert.run();
  db.exec('DELETE FROM elsewhere; PRAGMA wal_checkpoint(TRUNCATE)');
  const locking = new DatabaseSync(file);
  locking.exec('BEGIN; SELECT * FROM sqlite_schema'); // a reader: the file keeps its size
  db.close();
  const site = await startSite({ DATA_DIR });
  leave(50, DATA_DIR);
  assert.equal((await post(site, 'Coquelicot')).status, 303);
  assert.ok(!(await healthOf(site)).alarms.includes('DISK_FULL'));
  rmSync(join(DATA_DIR, 'ballast'));
  leave(10, DATA_DIR); // less than a log may need
  await standsWithoutOutbox(site, 'DISK_FULL');
  locking.close();
  await site.stop();
});

for (const isOld of [false, true])
  test(`${isOld ? 'files that others could read' : 'new files'} are for their owner alone, whatever the mask`, async () => {
    const DATA_DIR = temporaryFolder();
    const names = ['demandes.sqlite', 'demandes.sqlite-wal', 'demandes.sqlite-shm', 'secret', 'courriels'];
    const modes = () => names.map((name) => (statSync(join(DATA_DIR, name)).mode & 0o077).toString(8));
    if (isOld) {
      const before = await startSite({ DATA_DIR });
      assert.equal((await post(before, 'Coquelicot')).status, 303);
      await before.stop('SIGKILL');
      for (const name of names) chmodSync(join(DATA_DIR, name), name === 'courriels' ? 0o755 : 0o644);
      chmodSync(DATA_DIR, 0o755);
    }
    const mask = process.umask(0);
    const site = await startSite({ DATA_DIR }).finally(() => process.umask(mask));
    assert.equal((await post(site, 'Jonquille')).status, 303);
    assert.deepEqual(modes(), ['0', '0', '0', '0', '0']);
    await site.stop();
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
  const port = await freePort();
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
  const port = await freePort();
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
  const sealed = boxFor(OUTBOX_SECRET, 'message').close(Buffer.from('{"text":"Une demande d’avant"}'));
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
  assert.deepEqual(await site.ended, { code: 2, signal: null });
  assert.match(site.output(), /^Réglage DATA_DIR : .*version plus récente/m);
  assert.equal(setAside(DATA_DIR).length, 0);
});

test('two sites on one file: each request arrives once, and one carries on when the other is killed', async () => {
  const port = await freePort();
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
