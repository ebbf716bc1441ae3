// `npm run boite -- bilan`: the counts of a year, from both stores, beside a site that holds them or not.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Outbox } from '../src/rappel/outbox.ts';
import { openPostgresOutbox } from '../src/server/outbox/postgres.ts';
import { openSqliteOutbox } from '../src/server/outbox/sqlite.ts';
import { boite } from './support/command.ts';
import { temporaryFolder } from './support/folder.ts';
import { skip, startPostgres } from './support/postgres.ts';

const postgres = skip ? undefined : await startPostgres();
after(() => postgres?.kill());

const bilan = (settings: NodeJS.ProcessEnv, ...words: string[]) =>
  boite({ DATA_DIR: temporaryFolder(), ...settings }, 'bilan', ...words);

/** Keeps requests in May and in November 2026, takes one back, sends one late. */
async function fill(outbox: Outbox): Promise<void> {
  const idOf = (n: number) => n.toString(16).padStart(32, '0');
  const [may, november] = [Date.UTC(2026, 4, 4, 9), Date.UTC(2026, 10, 30, 9)];
  for (let n = 0; n < 13; n += 1) {
    const counts = n < 6 ? (['kept-form', 'two-tries'] as const) : (['kept-frame'] as const);
    const message = { id: idOf(n), receivedAt: n < 7 ? may : november, sealed: Buffer.from('sealed') };
    await outbox.put({ ...message, form: { content: `${n}`, changeableSince: 0 }, counts });
  }
  await outbox.withdraw(idOf(12), { id: idOf(13), receivedAt: november, sealed: Buffer.from('notice') });
  await outbox.erase(idOf(0), ['late']);
}

const head = /^mois;gardées, formulaire du site;gardées, encart chez un partenaire;[^;\n]+;[^\n]+\n/;
const lines = `mai;6;< 5;0;5 ou plus;0;0;0;0;< 5
novembre;0;6;0;0;0;< 5;0;0;0
année;6;7 à 10;0;5 ou plus;0;< 5;0;0;< 5
`;

async function check(outbox: Outbox, settings: NodeJS.ProcessEnv): Promise<void> {
  await fill(outbox);
  const beside = await bilan(settings, '2026'); // the outbox is open here, as in a site
  assert.deepEqual(
    { ...beside, output: beside.output.replace(head, '') },
    { code: 0, output: lines, errors: '' },
  );
  await outbox.close();
  assert.deepEqual(await bilan(settings, '2026'), beside);
  const { output } = await bilan(settings, '2025');
  assert.equal(output.replace(head, ''), 'année;0;0;0;0;0;0;0;0;0\n');
}

test('the report of a file, open in a site or not', async () => {
  const DATA_DIR = temporaryFolder();
  const outbox = openSqliteOutbox(join(DATA_DIR, 'demandes.sqlite'), {
    journal: () => {},
    checkRoom: () => {},
  });
  await check(outbox, { DATA_DIR });
});

test('the report of a database, open in a site or not', { skip }, async () => {
  const DATABASE_URL = (await postgres?.freshDatabase()) ?? '';
  const { outbox } = await openPostgresOutbox(DATABASE_URL, () => {});
  await check(outbox, { DATABASE_URL, OUTBOX_SECRET: 'un secret, assez long pour servir ici' });
});

test('a year that is none is refused kindly, with the example to follow', async () => {
  for (const words of [[], ['26'], ['deux mille'], ['2026-11'], ["2026' OR 1"]]) {
    const { code, output, errors } = await bilan({}, ...words);
    assert.deepEqual([code, output], [2, '']);
    assert.equal(errors, 'Quelle année ? En quatre chiffres : un-premier-pas bilan 2026\n');
  }
});
