// The database that several machines share: one small pool, transactions, and a schema that only goes forward.
import { Pool, type PoolClient, type QueryConfig, type QueryResult, type QueryResultRow } from 'pg';
import { codeOf, type Journal } from '../../../rappel/journal.ts';
import { SettingError } from '../../../settings/setting-error.ts';

/** A pool of connections to PostgreSQL, and what we do with it. */
export type Database = {
  pool: Pool;
  /** Runs one statement. */
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Runs in one transaction, begun again when PostgreSQL asks for it (deadlock, serialisation), five times in all. */
  transaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result>;
  /** What other rooms may keep here, in tables of their own. */
  shared: SharedDatabase;
  close(): Promise<void>;
};

/** A database for what machines share beside the outbox. */
export type SharedDatabase = {
  /** Runs one statement. */
  query(statement: QueryConfig): Promise<QueryResult>;
  /** Brings the tables of a name to the last version of their schema. Rejects when they are of a newer one. */
  migrate(name: string, steps: string[]): Promise<void>;
};

// A visitor waits behind each call: to connect, then for the first statement that gets no answer.
const connectMs = 1500;
const mostTries = 5;

/** How many connections one machine takes at most, pg-boss included. */
export const mostConnections = 8;
const answerMs = 2000;

/**
 * Opens the database at an address and brings our schema to its last version. While PostgreSQL is away every call
 * rejects within about three seconds; once it is back they work again. Rejects with what is in the way when it cannot be used
 * now, and with `SettingError` when it was written by a newer version; no connection is left then.
 */
export async function openDatabase(url: string, migrations: string[], journal: Journal): Promise<Database> {
  const pool = new Pool({
    connectionString: url,
    max: mostConnections,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    lock_timeout: answerMs,
    idle_in_transaction_session_timeout: 3 * answerMs, // a frozen server lets go of its locks
    keepAlive: true,
    application_name: 'un-premier-pas',
  });
  pool.on('error', (error) => journal('database-failed', { code: codeOf(error) })); // an idle link was cut
  // When a link in use is cut its statement rejects; without a listener here the cut would also end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  const database: Database = {
    pool,
    query: async (text, values) => (await pool.query(text, values)).rows,
    transaction: (work) => inTransaction(pool, work),
    shared: {
      query: (statement) => pool.query(statement),
      migrate: (name, steps) => inTransaction(pool, (client) => migrateNamed(client, name, steps)),
    },
    close: () => pool.end(),
  };
  try {
    await database.transaction((client) => migrate(client, migrations));
    return database;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  triesLeft = mostTries,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    client.release(true); // closed: PostgreSQL rolls back, and nobody waits for a link that may be dead
    if (triesLeft <= 1 || !isWorthAnotherTry(error)) throw error;
  }
  return inTransaction(pool, work, triesLeft - 1);
}

function isWorthAnotherTry(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown };
  return code === '40P01' || code === '40001'; // deadlock_detected, serialization_failure
}

async function migrate(client: PoolClient, migrations: string[]): Promise<void> {
  await lockSchema(client);
  await client.query(`CREATE SCHEMA IF NOT EXISTS demandes`);
  await client.query('CREATE TABLE IF NOT EXISTS demandes.version (version int NOT NULL)');
  const { rows } = await client.query<{ version: number }>('SELECT version FROM demandes.version');
  const version = rows[0]?.version ?? 0;
  if (version > migrations.length) throw new SettingError(newer);
  for (const step of migrations.slice(version)) await client.query(step);
  await client.query('DELETE FROM demandes.version');
  await client.query('INSERT INTO demandes.version VALUES ($1)', [migrations.length]);
}

// Beside `version`, which programs before this one empty and write whole.
async function migrateNamed(client: PoolClient, name: string, steps: string[]): Promise<void> {
  await lockSchema(client);
  await client.query(
    'CREATE TABLE IF NOT EXISTS demandes.migrations (name text PRIMARY KEY, version int NOT NULL)',
  );
  const { rows } = await client.query<{ version: number }>(
    'SELECT version FROM demandes.migrations WHERE name = $1',
    [name],
  );
  const version = rows[0]?.version ?? 0;
  if (version === steps.length) return;
  if (version > steps.length) throw new SettingError(newer);
  for (const step of steps.slice(version)) await client.query(step);
  await client.query(
    'INSERT INTO demandes.migrations VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET version = EXCLUDED.version',
    [name, steps.length],
  );
}

// Machines that start together wait for each other.
async function lockSchema(client: PoolClient): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtext('un-premier-pas schema'))`);
}

const newer = 'Réglage DATABASE_URL : la boîte d’envoi a été écrite par une version plus récente du site.';
