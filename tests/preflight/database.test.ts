// What `npm run verifier` says of a shared database: what docs/postgresql.md makes is well, and each slip from it is told.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { scheduleVersion } from '../../src/server/outbox/postgres/schedule-version.ts';
import { openPostgresOutbox } from '../../src/server/outbox/postgres.ts';
import { checkDatabase } from '../../src/server/preflight/checks/database.ts';
import { lineFor } from '../../src/server/preflight/finding.ts';
import type { Machine } from '../../src/server/preflight/machine.ts';
import { fromGuide } from '../support/guide.ts';
import { ask, skip, startPostgres } from '../support/postgres.ts';

const statements = fromGuide('CREATE ROLE premier_pas');

/** What the checks of a database say, a line each. */
async function told(databaseUrl: string): Promise<string> {
  const findings = await checkDatabase({ settings: { databaseUrl } } as Machine);
  return findings.map(lineFor).join('\n');
}

test('a database made as the guide says is well, before and after its first start; then one thing wrong at a time', {
  skip,
}, async () => {
  const postgres = await startPostgres();
  const administrator = await postgres.freshDatabase();
  for (const one of statements.split(';').filter((text) => text.trim())) await ask(administrator, one);
  const at = new URL(administrator);
  at.pathname = '/demandes';
  const [ours, inIt] = [at.href.replace('postgres:motdepasse', 'premier_pas:motdepasse'), at.href];

  const asking = ['--no-psqlrc', `--command=${fromGuide('\\password')}`, inIt];
  const answers = 'motdepasse\nmotdepasse\n';
  execFileSync('setsid', ['psql', ...asking], { input: answers, stdio: ['pipe', 'ignore', 'inherit'] }); // without a terminal, it reads its input
  // Refused, by a division by zero, where no password of this kind is kept.
  await ask(
    inIt,
    "SELECT 1 / count(*) FROM pg_authid WHERE rolname = 'premier_pas' AND rolpassword LIKE 'SCRAM%'",
  );

  assert.match(
    await told(ours),
    /^bien .*\nbien {8}Connexions à la base : 50 .* 6 machines .*\nbien .*premier démarrage/,
  );
  const { outbox } = await openPostgresOutbox(ours, () => {});
  await outbox.close();
  assert.match(
    await told(ours),
    new RegExp(`^bien .*\nbien .*\nbien {8}pg-boss : ses tables : ${scheduleVersion}\\.$`),
  );

  await ask(inIt, fromGuide('DROP SCHEMA'));
  assert.match(await told(ours), /^bien .*\nbien .*\nbien .*premier démarrage/);
  await (await openPostgresOutbox(ours, () => {})).outbox.close();
  assert.match(await told(ours), new RegExp(`pg-boss : ses tables : ${scheduleVersion}\\.$`));

  const cases: [statement: string, line: RegExp][] = [
    ['ALTER ROLE premier_pas CREATEDB', /^à voir {6}Droits dans la base : l’utilisateur en a plus/],
    ['GRANT CONNECT ON DATABASE demandes TO PUBLIC', /^à voir {6}Droits dans la base : .* tout utilisateur/],
    ['ALTER ROLE premier_pas CONNECTION LIMIT 7', /^à corriger {2}Connexions à la base : 7 .* il en manque/m],
    ['UPDATE pgboss.version SET version = version - 1', /^à voir {6}pg-boss : .* une copie d’abord/m],
    ['UPDATE pgboss.version SET version = 9999', /^à corriger {2}pg-boss : .* plus récente/m],
    ['ALTER TABLE demandes.outbox OWNER TO postgres', /^à corriger {2}Droits dans la base : .* OWNER/m],
  ];
  for (const [statement, line] of cases) {
    assert.doesNotMatch(await told(ours), line);
    await ask(inIt, statement);
    assert.match(await told(ours), line);
  }
  await postgres.kill();
  assert.equal(await told(ours), ''); // « Boîte d’envoi » tells it
});
