// How many requests a second reach the disk, beside two plain ways to keep the same bytes there.
import { fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Fingerprints } from '../src/rappel/recognise.ts';
import { openSqliteOutbox } from '../src/server/outbox/sqlite.ts';
import { temporaryFolder } from '../tests/support/folder.ts';
import { atOnce, median, written } from './figures.ts';

const clients = 16;

/** Three ways in turn: ours, one transaction for each, one fdatasync for each; a row of the page that tells them. */
export async function acceptRates(): Promise<string> {
  const folder = temporaryFolder();
  const ours = openSqliteOutbox(join(folder, 'ours.sqlite'), { journal: () => {}, checkRoom: () => {} });
  const db = new DatabaseSync(join(folder, 'one.sqlite'));
  db.exec(
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE outbox (id TEXT PRIMARY KEY, sealed BLOB)',
  );
  const insert = db.prepare('INSERT INTO outbox VALUES (?, ?)');
  const file = openSync(join(folder, 'plain'), 'w');
  const sealed = Buffer.alloc(17_500, 7);
  const ways = {
    ours: (id: string) => ours.put({ id, receivedAt: 0, sealed, form: formOf(id) }),
    transaction: async (id: string) => insert.run(id, sealed),
    fdatasync: async () => {
      writeSync(file, sealed);
      fdatasyncSync(file);
    },
  };
  const rates: Record<keyof typeof ways, number[]> = { ours: [], transaction: [], fdatasync: [] };
  let n = 0;
  for (let round = 0; round < 9; round += 1) {
    for (const way of Object.keys(ways) as (keyof typeof ways)[]) {
      const start = performance.now();
      await atOnce(clients, 640, () => ways[way](String(n++)));
      rates[way].push(640 / ((performance.now() - start) / 1000));
    }
  }
  await ours.close();
  const [own, transaction, fdatasync] = [
    median(rates.ours),
    median(rates.transaction),
    median(rates.fdatasync),
  ];
  return `| Garder une demande (17,5 ko), ${clients} à la fois, 9 tours en alternance | ${own.toFixed(0)} par seconde ; × ${written(own / fdatasync, 2)} un \`fdatasync\` par demande ; × ${written(own / transaction, 2)} une transaction SQLite par demande |`;
}

/** The fingerprints of a form that says something of its own. */
export function formOf(id: string): Fingerprints {
  const mark = (kind: string) => ({ key: `${kind} ${id}`, since: 0 });
  return {
    content: id,
    own: mark('page'),
    place: mark('place'),
    anywhere: { key: id, since: 0 },
    changeableSince: 0,
  };
}
