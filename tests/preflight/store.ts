// `npm run verifier` before a disk, a file or a database that something is wrong with. It looks and changes nothing.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { Client } from 'pg';
import type { Outbox } from '../../src/rappel/outbox.ts';
import { openPostgresOutbox } from '../../src/server/outbox/postgres.ts';
import { fingerprintOf } from '../../src/server/outbox/secret.ts';
import { openSqliteOutbox } from '../../src/server/outbox/sqlite.ts';
import { temporaryFolder } from '../support/folder.ts';
import { freePort } from '../support/port.ts';
import { ask, skip as skipPostgres, startPostgres } from '../support/postgres.ts';
import { each, machine, skip, verified } from './cases.ts';

const mounts: string[] = [];
after(() => {
  for (const folder of mounts) spawnSync('umount', ['--lazy', folder]);
});

/** A file system of its own, in memory. */
function memory(options: string): string {
  const folder = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
  mounts.push(folder);
  return folder;
}

const skipMount = canMount() ? false : 'a small file system needs the right to mount one (root)';

function canMount(): boolean {
  try {
    memory('size=1m');
    return true;
  } catch {
    return false;
  }
}

/** A small disk with some megabytes left. */
function withRoom(megabytes: number): string {
  const folder = memory(`size=${megabytes + 4}m,mode=700`);
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize - megabytes * 2 ** 20, 1));
  return folder;
}

function opened(mode: number): string {
  const folder = temporaryFolder();
  chmodSync(folder, mode);
  return folder;
}

each('a folder that others may read is told', [
  [async () => ({ DATA_DIR: opened(0o750) }), /^à voir {6}Dossier des demandes : .*chmod 700/],
  [async () => ({ DATA_DIR: opened(0o700) }), /^bien {8}Dossier des demandes/],
]);

each(
  'a folder that cannot be written, is in memory, or has little room, is told',
  [
    [
      async () => ({ DATA_DIR: memory('size=1m,ro') }),
      /^à corriger {2}Dossier des demandes : .* ne s’écrit pas \(EROFS\)/,
    ],
    [async () => ({ DATA_DIR: withRoom(300) }), /^à voir {6}Dossier des demandes : il est en mémoire/],
    [async () => ({ DATA_DIR: withRoom(60) }), /^à corriger {2}Place sur le disque : 60 Mo libres/],
    [async () => ({ DATA_DIR: withRoom(250) }), /^à voir {6}Place sur le disque : 250 Mo libres/],
  ],
  skipMount,
);

/** A folder with an outbox in it. */
function outbox(make: (file: string) => void): string {
  const folder = temporaryFolder();
  make(join(folder, 'demandes.sqlite'));
  return folder;
}

function ofVersion(version: number): (file: string) => void {
  return (file) => {
    const db = new DatabaseSync(file);
    db.exec(`PRAGMA journal_mode=WAL; PRAGMA user_version = ${version}; CREATE TABLE outbox (id TEXT)`);
    db.close();
  };
}

each('an outbox of a newer version, or set aside for somebody, is told; a missing one is not a fault', [
  [
    async () => ({ DATA_DIR: outbox(ofVersion(99)) }),
    /^à corriger {2}Boîte d’envoi : .* version plus récente/,
  ],
  [
    async () => ({
      DATA_DIR: outbox((file) => writeFileSync(`${file}.abimee-2026-11-24T00-00-00.000Z`, '')),
    }),
    /^à corriger {2}Boîte d’envoi : un fichier abîmé attend/,
  ],
  [async () => ({ DATA_DIR: temporaryFolder() }), /^bien {8}Boîte d’envoi : vide/],
]);

test('a damaged outbox is told, and left where it is, as it is', { skip }, async () => {
  const nonsense = Buffer.alloc(16_384, 'abîmée ');
  const DATA_DIR = outbox((file) => writeFileSync(file, nonsense));
  const { output, code } = await verified({ DATA_DIR });
  assert.match(output, /^à corriger {2}Boîte d’envoi : le fichier est abîmé/m);
  assert.equal(code, 1);
  assert.deepEqual(readdirSync(DATA_DIR), ['demandes.sqlite']);
  assert.ok(readFileSync(join(DATA_DIR, 'demandes.sqlite')).equals(nonsense));
});

test('an outbox of an older version is well, and keeps its version', { skip }, async () => {
  const DATA_DIR = outbox(ofVersion(1));
  const { output } = await verified({ DATA_DIR });
  assert.match(output, /^bien {8}Boîte d’envoi : le fichier est entier/m);
  const db = new DatabaseSync(join(DATA_DIR, 'demandes.sqlite'));
  assert.equal(db.prepare('PRAGMA user_version').get()?.user_version, 1);
  db.close();
});

const postgres = skip || skipPostgres ? undefined : await startPostgres();
after(() => postgres?.kill());

/** A new database after some statements. */
async function database(...statements: string[]): Promise<NodeJS.ProcessEnv> {
  const DATABASE_URL = (await postgres?.freshDatabase()) ?? '';
  const name = new URL(DATABASE_URL).pathname.slice(1);
  for (const sql of statements) await ask(DATABASE_URL, sql.replaceAll('$NAME', name));
  return { DATABASE_URL };
}

const newer = ['CREATE SCHEMA demandes', 'CREATE TABLE demandes.version AS SELECT 99 AS version'];

each(
  'a database that is not there, not ours, not safe or newer is told',
  [
    [database, /^bien {8}Boîte d’envoi : PostgreSQL répond/],
    [() => database(...newer), /^à corriger {2}Boîte d’envoi : .* version plus récente/],
    [
      () => database('ALTER DATABASE $NAME SET synchronous_commit = off'),
      /^à corriger {2}Boîte d’envoi : PostgreSQL n’attend pas son disque/,
    ],
    [
      async () => {
        const { DATABASE_URL = '' } = await database('CREATE ROLE essai LOGIN');
        return { DATABASE_URL: DATABASE_URL.replace('postgres:motdepasse', 'essai:motdepasse') };
      },
      /^à corriger {2}Boîte d’envoi : l’utilisateur de la base ne peut pas/,
    ],
    [
      async () => ({ DATABASE_URL: `${(await database()).DATABASE_URL}_absente` }),
      /^à corriger {2}Boîte d’envoi : PostgreSQL : cette base n’existe pas/,
    ],
    [
      // What a server says too of one that it lets in by TLS alone (hostssl).
      async () => ({
        DATABASE_URL: `${(await database()).DATABASE_URL}`.replace(
          'postgres:motdepasse',
          'inconnu:motdepasse',
        ),
      }),
      /^à corriger {2}Boîte d’envoi : PostgreSQL : .* n’est pas admis .*, ou pas sans TLS \(\?sslmode=verify-full\)/,
    ],
    [
      async () => ({ DATABASE_URL: `postgres://u:motdepasse@127.0.0.1:${await freePort()}/essai` }),
      /^à corriger {2}Boîte d’envoi : PostgreSQL : rien n’écoute/,
    ],
  ],
  skipPostgres,
);

/** The same database by an address that is not known to be this machine. */
const fromAfar = (address: string, mode = '') => ({
  DATABASE_URL: address.replace('@127.0.0.1:', '@0.0.0.0:') + mode,
});

each(
  'a database on another machine must prove itself; one on this machine need not',
  [
    [
      async () => fromAfar(`${(await database()).DATABASE_URL}`),
      /^à corriger {2}Boîte d’envoi : PostgreSQL est joint sans TLS, .* \?sslmode=verify-full/,
    ],
    [
      async () => {
        await postgres?.offerTls(machine.authority.certify('DNS:localhost,IP:0.0.0.0'));
        return fromAfar(`${(await database()).DATABASE_URL}`, '?sslmode=verify-full');
      },
      /^bien {8}Boîte d’envoi : PostgreSQL répond/,
    ],
    [
      async () => fromAfar(`${(await database()).DATABASE_URL}`, '?sslmode=no-verify'),
      /^à corriger {2}Boîte d’envoi : PostgreSQL est joint sans TLS, ou sans preuve/,
    ],
    [
      async () => fromAfar(`${(await database()).DATABASE_URL}`, '?sslmode=disable'),
      /^à corriger {2}Boîte d’envoi : PostgreSQL est joint sans TLS/,
    ],
  ],
  skipPostgres,
);

/** Keeps, in an outbox that has one request, what a site with another secret would. */
async function usedUnderAnotherSecret(store: Outbox): Promise<void> {
  const form = { content: 'x', own: { key: 'k', since: 0 }, changeableSince: 0 };
  await store.put({ id: '1'.repeat(32), receivedAt: 0, sealed: Buffer.from('x'), form });
  await store.note('secret', fingerprintOf('un autre secret, assez long aussi'));
  await store.close();
}

each('an outbox that was used under another secret is told', [
  [
    async () => {
      const DATA_DIR = temporaryFolder();
      const effects = { journal: () => {}, checkRoom: () => {} };
      await usedUnderAnotherSecret(openSqliteOutbox(join(DATA_DIR, 'demandes.sqlite'), effects));
      return { DATA_DIR };
    },
    /^à corriger {2}Boîte d’envoi : OUTBOX_SECRET n’est pas celui/,
  ],
]);

each(
  'a database that was used under another secret is told',
  [
    [
      async () => {
        const made = await database();
        const { outbox } = await openPostgresOutbox(`${made.DATABASE_URL}`, () => {});
        await usedUnderAnotherSecret(outbox);
        return made;
      },
      /^à corriger {2}Boîte d’envoi : OUTBOX_SECRET n’est pas celui/,
    ],
  ],
  skipPostgres,
);

test('a new database is left empty, and its clock is heard', { skip: skip || skipPostgres }, async () => {
  const { DATABASE_URL = '' } = await database();
  const { output } = await verified({ DATABASE_URL });
  assert.match(output, /^bien {8}Horloge : \d\d:\d\d à Paris, comme sortie\.example et la base\.$/m);
  const client = new Client({ connectionString: DATABASE_URL });
  await client.connect();
  const { rows } = await client.query(
    "SELECT nspname FROM pg_namespace WHERE nspname IN ('demandes', 'pgboss')",
  );
  await client.end();
  assert.deepEqual(rows, []);
});
