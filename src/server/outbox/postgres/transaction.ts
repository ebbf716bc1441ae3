// A transaction of the outbox: our tables and the turns of messages change together. Turns are changed before messages,
// everywhere, so that two machines never wait for each other.
import type { PoolClient } from 'pg';
import type { Database } from './database.ts';
import type { Schedule, Turns } from './schedule.ts';

/** What reads our tables, in a transaction or outside. */
export type Reader = Pick<Database, 'query'>;

/** What changes our tables. */
export type Transaction = Reader & {
  /** Makes others wait who mean the same things: forms and numbers before messages. */
  lock(...names: string[]): Promise<void>;
  turns: Turns;
};

/** Does some work in one transaction; the work may be begun again. */
export type InTransaction = <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>;

/** Transactions of a database and its schedule. */
export function transactionsOf(database: Database, schedule: Schedule): InTransaction {
  return (work) => database.transaction((client) => work(transactionOn(client, schedule)));
}

function transactionOn(client: PoolClient, schedule: Schedule): Transaction {
  return {
    query: async (text, values) => (await client.query(text, values)).rows,
    async lock(...names) {
      await client.query(
        `SELECT pg_advisory_xact_lock(hash) FROM (
          SELECT hashtextextended(name, 0) AS hash FROM unnest($1::text[]) AS name ORDER BY 1) AS sorted`,
        [names],
      );
    },
    turns: schedule.within(client),
  };
}
