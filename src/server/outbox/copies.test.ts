import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../../tests/support/folder.ts';
import { folderOfCopies, isCopyLate, removeOldCopies } from './copies.ts';
import { outboxFile } from './disk.ts';

const now = Date.parse('2026-11-24T03:00:00Z');
const hourMs = 3_600_000;

/** A folder with a copy of each age, in hours. */
function folderWith(ages: number[]): string {
  const folder = temporaryFolder();
  for (const age of ages) {
    const file = join(folder, String(age));
    writeFileSync(file, '');
    utimesSync(file, now / 1000, (now - age * hourMs) / 1000);
  }
  return folder;
}

test('no copy reaches the age before the next look; a date that is not come yet is as old', () => {
  const folder = folderWith([0, 1, 22, 22.99, 23, 24, 100, -30]);
  assert.equal(removeOldCopies(folder, { hours: 24, now }), 5);
  assert.deepEqual(readdirSync(folder).toSorted(), ['0', '1', '22']);
  assert.equal(removeOldCopies(folderWith([0, 0.5]), { hours: 1, now }), 2);
});

test('a copy is late two hours after the last, or after the start, and only where one was made', () => {
  const dataDir = temporaryFolder();
  const long = { now, since: now - 2 * hourMs - 1 };
  assert.equal(isCopyLate(dataDir, long), false);
  const folder = folderOfCopies(dataDir);
  mkdirSync(folder);
  assert.equal(isCopyLate(dataDir, long), true);
  assert.equal(isCopyLate(dataDir, { now, since: now - 2 * hourMs }), false);
  for (const [hours, isLate] of [
    [2, false],
    [2.01, true],
  ] as const) {
    writeFileSync(outboxFile(folder), '');
    utimesSync(outboxFile(folder), now / 1000, (now - hours * hourMs) / 1000);
    assert.equal(isCopyLate(dataDir, long), isLate);
  }
  rmSync(folder, { recursive: true });
  assert.equal(isCopyLate(dataDir, long), false);
});
