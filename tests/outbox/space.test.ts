// The file of an outbox grows with what waits, and shrinks when it has left: the disk is lent, not given.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openSqliteOutbox } from '../../src/server/outbox/sqlite.ts';
import { temporaryFolder } from '../support/folder.ts';

const effects = { journal: () => {}, checkRoom: () => {} };
const megabyte = 2 ** 20;

function entry(n: number) {
  const id = String(n).padStart(32, '0');
  const form = { content: id, own: { key: id, since: 0 }, changeableSince: 0 };
  return { id, receivedAt: Date.now(), sealed: Buffer.alloc(40_000, n), form };
}

/** A file that holds some messages of 40 kB; `asBefore`: in the form that earlier versions gave it. */
async function fileWith(count: number, asBefore = false): Promise<string> {
  const file = join(temporaryFolder(), 'demandes.sqlite');
  const outbox = openSqliteOutbox(file, effects);
  await Promise.all(Array.from({ length: count }, (_, n) => outbox.put(entry(n))));
  await outbox.close();
  if (!asBefore) return file;
  const db = new DatabaseSync(file);
  db.exec('PRAGMA auto_vacuum=NONE; VACUUM');
  db.close();
  assert.equal(pragma(file, 'auto_vacuum'), 0);
  return file;
}

function pragma(file: string, name: string): unknown {
  const db = new DatabaseSync(file, { readOnly: true });
  const [value] = Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {});
  db.close();
  return value;
}

async function becomesSmall(file: string): Promise<void> {
  const end = performance.now() + 30_000;
  while (statSync(file).size > 2 * megabyte) {
    assert.ok(performance.now() < end, `still ${statSync(file).size} bytes`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

for (const asBefore of [false, true])
  test(`what has left gives its room back${asBefore ? ', in a file of an earlier version too' : ''}`, async () => {
    const file = await fileWith(500, asBefore);
    const outbox = openSqliteOutbox(file, effects);
    assert.equal((await outbox.waiting()).count, 500);
    assert.equal(pragma(file, 'auto_vacuum'), 2);
    assert.ok(statSync(file).size > 19 * megabyte);
    for (let n = 1; n < 500; n += 1) await outbox.erase(entry(n).id);
    await becomesSmall(file);
    assert.deepEqual(
      (await outbox.due(Date.now(), Date.now() + 1000))?.sealed,
      new Uint8Array(entry(0).sealed),
    );
    await outbox.close();
    assert.equal(pragma(file, 'quick_check'), 'ok');
  });

test('a file that is too large to be written anew at once is left as it is, and works', async () => {
  const file = await fileWith(1000, true); // above what is held in memory
  const outbox = openSqliteOutbox(file, effects);
  assert.equal(pragma(file, 'auto_vacuum'), 0);
  assert.equal((await outbox.waiting()).count, 1000);
  await outbox.close();
});

/** A process that opens the file and erases every odd message; `kill` is called with its output, a line for each. */
async function killedWhile(file: string, kill: (child: ReturnType<typeof spawn>) => Promise<void>) {
  const child = spawn(process.execPath, [new URL('eraser.ts', import.meta.url).pathname, file]);
  let erased = 0;
  child.stdout.on('data', (lines: Buffer) => {
    erased += lines.toString().split('\n').length - 1;
  });
  const ended = once(child, 'close');
  await kill(child);
  child.kill('SIGKILL');
  const [, signal] = await ended;
  return { erased, wasKilled: signal === 'SIGKILL' };
}

/** Every even message is there, whole, and of the odd ones no more were erased than what was said, but the last. */
async function nothingIsLost(file: string, erased: number): Promise<void> {
  assert.equal(pragma(file, 'integrity_check'), 'ok');
  const outbox = openSqliteOutbox(file, effects);
  const ids = new Map<string, Uint8Array>();
  for await (const { id, sealed } of outbox.all()) ids.set(id, sealed);
  for (let n = 0; n < 500; n += 2) assert.deepEqual(ids.get(entry(n).id), new Uint8Array(entry(n).sealed));
  assert.ok([500 - erased, 499 - erased].includes(ids.size), `${ids.size} left, ${erased} erased`);
  await outbox.close();
}

/** Resolves once the log of a file is larger than some bytes. */
async function logGrows(file: string, bytes: number): Promise<void> {
  const end = performance.now() + 20_000;
  while ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) <= bytes) {
    assert.ok(performance.now() < end, 'the log did not grow');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a process killed while it writes an older file anew loses nothing', async () => {
  for (const bytes of [0, 1, 8, 16].map((megabytes) => megabytes * megabyte)) {
    const file = await fileWith(500, true);
    const { wasKilled, erased } = await killedWhile(file, () => logGrows(file, bytes));
    assert.equal(wasKilled, true);
    await nothingIsLost(file, erased);
  }
});

test('a process killed while the file shrinks loses nothing', async () => {
  for (const megabytes of [18, 14, 11]) {
    const file = await fileWith(500);
    const end = performance.now() + 30_000;
    const { wasKilled, erased } = await killedWhile(file, async () => {
      while (statSync(file).size > megabytes * megabyte) {
        assert.ok(performance.now() < end, 'the file did not shrink');
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
    assert.equal(wasKilled, true);
    await nothingIsLost(file, erased);
  }
});
