// The database that several machines share: one small pool, transactions, and a schema that only goes forward.
import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { codeOf } from '../rappel/code-of.ts';
import { SettingError } from './settings.ts';

export type Database = {
  pool: Pool;
  /** Runs one statement. */
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Runs in one transaction, begun again when PostgreSQL asks for it (deadlock, serialisation). */
  transaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

type Journal = (event: string, details: Record<string, string>) => void;

const patienceMs = 3000;

/**
 * Opens the database at an address and brings our schema to its last version. While PostgreSQL is away every call
 * rejects within seconds; once it is back they work again. Throws `SettingError` when it cannot be reached now, or
 * was written by a newer version. The address holds a password: it is in no message.
 */
export async function openDatabase(url: string, migrations: string[], journal: Journal): Promise<Database> {
  const pool = new Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: patienceMs,
    query_timeout: 2 * patienceMs,
    lock_timeout: patienceMs,
    idle_in_transaction_session_timeout: 2 * patienceMs,
    keepAlive: true,
    application_name: 'un-premier-pas',
  });
  pool.on('error', (error) => journal('database-failed', { code: codeOf(error) })); // an idle link was cut
  const database: Database = {
    pool,
    query: async (text, values) => (await pool.query(text, values)).rows,
    transaction: (work) => inTransaction(pool, work),
    close: () => pool.end(),
  };
  try {
    await database.transaction((client) => migrate(client, migrations));
    return database;
  } catch (error) {
    await pool.end();
    if (error instanceof SettingError) throw error;
    throw new SettingError(`Réglage DATABASE_URL : la base ne répond pas (${codeOf(error)}).`);
  }
}

async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  for (;;) {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((cause: Error) => {
        broken = cause;
      });
      if (!isWorthAnotherTry(error)) throw error;
    } finally {
      client.release(broken); // a link that cannot roll back is thrown away
    }
  }
}

function isWorthAnotherTry(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown };
  return code === '40P01' || code === '40001'; // deadlock_detected, serialization_failure
}

// Machines that start together wait for each other.
async function migrate(client: PoolClient, migrations: string[]): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('un-premier-pas schema'))`);
  await client.query(`CREATE SCHEMA IF NOT EXISTS demandes`);
  await client.query('CREATE TABLE IF NOT EXISTS demandes.version (version int NOT NULL)');
  const { rows } = await client.query<{ version: number }>('SELECT version FROM demandes.version');
  const version = rows[0]?.version ?? 0;
  if (version > migrations.length) throw new SettingError(newer);
  for (const step of migrations.slice(version)) await client.query(step);
  await client.query('DELETE FROM demandes.version');
  await client.query('INSERT INTO demandes.version VALUES ($1)', [migrations.length]);
}

const newer = 'Réglage DATABASE_URL : la boîte d’envoi a été écrite par une version plus récente du site.';
