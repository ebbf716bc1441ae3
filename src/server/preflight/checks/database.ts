// The database that machines share: what its user may do, how many connections are left, which pg-boss wrote its turns.
import { Client } from 'pg';
import { mostConnections } from '../../outbox/postgres/database.ts';
import { scheduleVersion } from '../../outbox/postgres/schedule-version.ts';
import { askingMs, type Finding, fine, toCorrect, toSee } from '../finding.ts';
import type { Machine } from '../machine.ts';

type Rights = {
  is_mighty: boolean;
  is_open: boolean;
  owns_all: boolean | null;
  room: number;
  is_scheduled: boolean;
};

// `room`: connections left for our machines, those that they have already included; a limit of -1 is none.
const questions = `SELECT
  rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls AS is_mighty,
  has_database_privilege('public', current_database(), 'CONNECT') AS is_open,
  (SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
    WHERE nspname IN ('demandes', 'pgboss') AND relkind IN ('r', 'p')) AS owns_all,
  least(
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
      - coalesce(current_setting('reserved_connections', true)::int, 0)
      - (SELECT count(*)::int FROM pg_stat_activity
          WHERE usesysid IS NOT NULL AND usesysid <> pg_roles.oid),
    nullif(rolconnlimit, -1), nullif(datconnlimit, -1)) AS room,
  to_regclass('pgboss.version') IS NOT NULL AS is_scheduled
  FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`;

/** Asks the database of the settings, if there is one; what keeps it from answering is told by the outbox's own check. */
export async function checkDatabase({ settings }: Machine): Promise<Finding[]> {
  const { databaseUrl } = settings;
  if (!databaseUrl) return [];
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: askingMs,
    query_timeout: askingMs,
  });
  client.on('error', () => {}); // the statement under way tells it
  try {
    await client.connect();
  } catch {
    return []; // « Boîte d’envoi » says why
  }
  try {
    const [rights] = (await client.query<Rights>(questions)).rows;
    if (!rights) return [];
    if (rights.owns_all === false) return [toCorrect(rightsName, notOurs)];
    const { rows } = await client.query(
      rights.is_scheduled ? 'SELECT version FROM pgboss.version' : 'SELECT 0 AS version',
    );
    return [rightsIn(rights), connectionsIn(rights.room), scheduleOf(Number(rows[0]?.version))];
  } finally {
    await client.end();
  }
}

const rightsName = 'Droits dans la base';
const notOurs =
  'des tables y appartiennent à un autre utilisateur : les lui reprendre (ALTER … OWNER TO), docs/postgresql.md.';

function rightsIn({ is_mighty, is_open }: Rights): Finding {
  const advice = [
    ...(is_mighty ? ['l’utilisateur en a plus qu’il n’en faut (superuser, createrole…)'] : []),
    ...(is_open ? ['tout utilisateur du serveur peut s’y connecter (REVOKE … FROM PUBLIC)'] : []),
  ];
  if (advice.length === 0) return fine(rightsName, 'ceux qu’il faut, pas d’autres.');
  return toSee(rightsName, `${advice.join(' ; ')} : docs/postgresql.md.`);
}

function connectionsIn(room: number): Finding {
  const what = 'Connexions à la base';
  const machines = Math.max(0, Math.floor(room / mostConnections));
  const words = `${room} pour le site, ${mostConnections} par machine`;
  if (machines === 0) return toCorrect(what, `${words} : il en manque (max_connections, CONNECTION LIMIT).`);
  return fine(what, `${words} : ${machines} machines au plus.`);
}

function scheduleOf(version: number): Finding {
  const what = 'pg-boss';
  if (version > scheduleVersion)
    return toCorrect(what, 'ses tables sont d’une version plus récente du site. Installer celle-là.');
  if (version > 0 && version < scheduleVersion)
    return toSee(
      what,
      `le prochain démarrage fait passer ses tables de ${version} à ${scheduleVersion} : une copie d’abord.`,
    );
  return fine(what, version === 0 ? 'le premier démarrage fait ses tables.' : `ses tables : ${version}.`);
}
