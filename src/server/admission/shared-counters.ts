// Counters of several machines, in a table that they share. While its database is away, each machine counts alone.
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { Counters } from './bounded-counters.ts';

/** The database that several machines share, as this room needs it. */
export type SharedDatabase = {
  /** Runs one statement. */
  query(statement: Statement): Promise<{ rows: unknown[] }>;
  /** Brings the tables of a name to the last version of their schema. */
  migrate(name: string, steps: string[]): Promise<void>;
};

type Statement = { text: string; values: unknown[]; name?: string };

/** Adds to a counter that lasts `leftMs` from its first use; resolves with what it comes to. */
export type Count = (key: string, by: number, leftMs: number) => Promise<number>;

const table = 'rate_limits';

// Unlogged: these counts are in no backup, and a crash may lose them. Earlier programs had the same table under another
// name: those that still run beside us find it no more, and count alone until they are replaced.
const migrations = [
  `ALTER TABLE IF EXISTS demandes.knocks RENAME TO ${table};
  CREATE UNLOGGED TABLE IF NOT EXISTS demandes.${table}
    (key text PRIMARY KEY, points int NOT NULL DEFAULT 0, expire bigint);`,
];

const tidy = `DELETE FROM demandes.${table}
  WHERE key IN (SELECT key FROM demandes.${table} ORDER BY expire DESC OFFSET $1)`;
const tidyEvery = 1000;

/** Counts together with the machines of a database, in at most some `most` counters; in `alone` while it is away. */
export function countTogether(database: SharedDatabase, alone: Counters, most: number): Count {
  const ready = onceDone(() => database.migrate(table, migrations));
  const counter = new RateLimiterPostgres({
    points: 1,
    duration: 3600,
    keyPrefix: '',
    storeClient: database,
    storeType: 'client',
    schemaName: 'demandes',
    tableName: table,
    tableCreated: true, // by our own migrations
  });
  let untidied = 0;
  return async (key, by, leftMs) => {
    try {
      await ready();
      untidied += 1;
      if (untidied >= tidyEvery) {
        untidied = 0;
        await database.query({ text: tidy, values: [most] });
      }
      const { consumedPoints } = await counter.penalty(key, by, { customDuration: Math.ceil(leftMs / 1000) });
      return consumedPoints;
    } catch {
      return alone.add(key, by); // the outbox says that the database is away
    }
  };
}

// The same work for all who wait for it; what failed is done again for the next one.
function onceDone(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work().catch((error: unknown) => {
      done = undefined;
      throw error;
    });
    return done;
  };
}
