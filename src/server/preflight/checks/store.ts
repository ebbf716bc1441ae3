// The outbox itself, looked at without changing anything, beside a site that runs or not.
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { asideMark, outboxFile, setAsideIn } from '../../outbox/disk.ts';
import { schemaVersion as postgresVersion } from '../../outbox/postgres/schema.ts';
import { fingerprintOf } from '../../outbox/secret.ts';
import { isCorrupt, isWhole } from '../../outbox/sqlite/open.ts';
import { schemaVersion as sqliteVersion } from '../../outbox/sqlite/schema.ts';
import { troubleOf } from '../connection-error.ts';
import { askingMs, type Finding, fine, toCorrect } from '../finding.ts';
import type { Machine } from '../machine.ts';

const what = 'Boîte d’envoi';

/** Reads the outbox of the settings: whole, of a version that this program knows, on a disk that it waits for. */
export async function checkStore({ settings }: Machine): Promise<Finding[]> {
  const { dataDir, databaseUrl, outboxSecret } = settings;
  const ours = fingerprintOf(outboxSecret);
  if (databaseUrl) return [await checkPostgres(databaseUrl, ours)];
  if (setAsideIn(dataDir).length > 0) return [toCorrect(what, setAside)];
  return [checkSqlite(outboxFile(dataDir), ours)];
}

const setAside = `un fichier abîmé attend d’être restauré (demandes.sqlite${asideMark}…) : docs/sauvegarder.md.`;
const damaged = 'le fichier est abîmé. Le copier, puis restaurer : docs/sauvegarder.md.';
const newer = 'elle a été écrite par une version plus récente du site. Installer celle-là.';

function checkSqlite(file: string, ours: string): Finding {
  if (!existsSync(file)) return fine(what, 'vide : le premier démarrage la fait.');
  try {
    const db = new DatabaseSync(file, { readOnly: true, timeout: 1000 });
    const isFileWhole = isWhole(db);
    const version = Number(db.prepare('PRAGMA user_version').get()?.user_version);
    const kept = version === sqliteVersion ? db.prepare(keptSecret('notes')).get()?.text : undefined;
    db.close();
    if (!isFileWhole) return toCorrect(what, damaged);
    if (version > sqliteVersion) return toCorrect(what, newer);
    if (kept && kept !== ours) return toCorrect(what, otherSecret);
    return fine(what, 'le fichier est entier.');
  } catch (error) {
    if (isCorrupt(error)) return toCorrect(what, damaged);
    throw error;
  }
}

const keptSecret = (notes: string) => `SELECT text FROM ${notes} WHERE name = 'secret'`;
const otherSecret =
  'OUTBOX_SECRET n’est pas celui avec lequel elle a servi. Remettre l’ancien tant que des demandes attendent.';

type Server = { is_safe: boolean; may_create: boolean; is_made: boolean; is_encrypted: boolean };

// The first two: whether what is committed there is on its disk. `on` waits for it; `off` would answer before.
const questions = `SELECT current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off' AS is_safe,
  has_database_privilege(current_database(), 'CREATE') AS may_create,
  to_regclass('demandes.version') IS NOT NULL AS is_made,
  (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS is_encrypted`;

async function checkPostgres(connectionString: string, ours: string): Promise<Finding> {
  const client = new Client({ connectionString, connectionTimeoutMillis: askingMs, query_timeout: askingMs });
  client.on('error', () => {}); // the statement under way tells it
  try {
    await client.connect();
    const [server] = (await client.query<Server>(questions)).rows;
    const { rows } = await client.query(
      server?.is_made ? 'SELECT version FROM demandes.version' : 'SELECT 0 AS version',
    );
    if (!server?.is_safe) return toCorrect(what, unsafe);
    const isProven = server.is_encrypted && !/sslmode=no-verify|ssl=no-verify/.test(connectionString);
    if (!isProven && !isHere(connectionString)) return toCorrect(what, inClear);
    if (!server.is_made && !server.may_create) return toCorrect(what, mayNotCreate);
    if (rows[0]?.version > postgresVersion) return toCorrect(what, newer);
    const kept =
      rows[0]?.version === postgresVersion
        ? (await client.query(keptSecret('demandes.notes'))).rows[0]?.text
        : undefined;
    if (kept && kept !== ours) return toCorrect(what, otherSecret);
    return fine(what, 'PostgreSQL répond et attend son disque.');
  } catch (error) {
    const { code, words } = troubleOf(error);
    return toCorrect(what, `PostgreSQL : ${refusals.get(code) ?? words}.`);
  } finally {
    await client.end().catch(() => {}); // it may never have been open
  }
}

const unsafe =
  'PostgreSQL n’attend pas son disque (fsync, synchronous_commit) : une coupure perdrait des demandes.';
const inClear =
  'PostgreSQL est joint sans TLS, ou sans preuve de son nom. Finir DATABASE_URL par ?sslmode=verify-full.';
const mayNotCreate = 'l’utilisateur de la base ne peut pas y créer ses schémas (GRANT CREATE ON DATABASE).';

// On this very machine nothing passes a network.
function isHere(connectionString: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|)$/.test(new URL(connectionString).hostname);
}

const refusals = new Map([
  ['28P01', 'nom ou mot de passe refusé'],
  ['28000', 'cet utilisateur n’est pas admis depuis cette machine, ou pas sans TLS (?sslmode=verify-full)'],
  ['3D000', 'cette base n’existe pas'],
]);
