// The machine is lost. What docs/sauvegarder.md says to do is read there and done, command by command.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  globSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { temporaryFolder } from '../support/folder.ts';
import { fromGuide } from '../support/guide.ts';
import { type Mailbox, mailSettings, openMailbox } from '../support/mailbox.ts';
import { freePort } from '../support/port.ts';
import { skip as skipPostgres, startPostgres } from '../support/postgres.ts';
import { readableIn } from '../support/readable.ts';
import { type Site, startSite } from '../support/site.ts';
import { keyFile } from '../support/team-keys.ts';

const root = new URL('../..', import.meta.url).pathname;
// The drill, in its order.
const copy = fromGuide('bin/un-premier-pas sauvegarder');
const copyOfDatabase = fromGuide('(umask 077 && pg_dump');
const restore = fromGuide('bin/un-premier-pas restaurer');
const restoreDatabase = fromGuide('pg_restore');
const reread = fromGuide('bin/un-premier-pas relire');
const serveForDrill = fromGuide('NODE_ENV=development');
const serve = fromGuide('npm run serve');
const retry = `${fromGuide('bin/un-premier-pas relancer')}\n${fromGuide('bin/un-premier-pas etat')}`;

const postgresPrograms = globSync('/usr/lib/postgresql/*/bin').join(':');

/** Runs commands of the guide as they are written there. */
async function run(commands: string, settings: NodeJS.ProcessEnv): Promise<string> {
  const { PATH, HOME } = process.env;
  const env = { PATH: `${PATH}:${postgresPrograms}`, HOME, ...settings };
  return (await promisify(execFile)('bash', ['-euc', commands], { cwd: root, env })).stdout; // mail comes in meanwhile
}

/** Starts the site by a command of the guide, on a free port; resolves with what stops it, once it serves. */
async function serveAs(line: string, settings: NodeJS.ProcessEnv): Promise<() => Promise<void>> {
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, PORT: '0', npm_config_update_notifier: 'false', ...settings };
  const child = spawn('bash', ['-euc', line], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const stop = () => child.pid && process.kill(-child.pid, 'SIGTERM'); // npm, and the site behind it
  process.once('exit', stop);
  const ended = once(child, 'close').then(() => process.off('exit', stop));
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  while (!/^Site : /m.test(said)) {
    await Promise.race([once(child.stdout, 'data'), ended]);
    if (child.exitCode !== null) throw new Error(`No site: ${said}`);
  }
  return async () => {
    stop();
    await ended;
  };
}

const OUTBOX_SECRET = 'un secret assez long, gardé ailleurs';
const flowers = ['Tournesol', 'Coquelicot', 'Jonquille', 'Bleuet', 'Pervenche'];

/** Keeps a request, and gives the token that cancels it. */
async function ask(site: Site, prenom: string): Promise<string> {
  const body = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', prenom });
  const answer = await fetch(`${site.origin}/contact/envoi`, { method: 'POST', body, redirect: 'manual' });
  assert.equal(answer.status, 303);
  return new URL(answer.headers.get('location') ?? '', site.origin).searchParams.get('jeton') ?? '';
}

function namesIn({ mails }: Mailbox): (string | undefined)[] {
  return mails.map(({ text }) => /Prénom .* : « (\S+) »/.exec(text ?? '')?.[1]).toSorted();
}

/** A site that keeps requests while mail is down. */
async function siteWithRequests(more: NodeJS.ProcessEnv = {}) {
  const port = await freePort();
  const settings = { ...mailSettings({ port }), OUTBOX_SECRET, ...more };
  const site = await startSite(settings);
  const tokens: string[] = [];
  for (const prenom of flowers) tokens.push(await ask(site, prenom));
  const COPIE = join(temporaryFolder(), 'demandes.copie');
  return { site, port, settings: { ...settings, COPIE }, COPIE, tokens };
}

// Mail comes back to a site that was restored: each request arrives, once, and nothing waits any more.
async function eachArrives(restored: NodeJS.ProcessEnv, port: number): Promise<void> {
  const stop = await serveAs(serve, restored);
  const mailbox = await openMailbox(port);
  await run(retry, restored);
  await mailbox.received(flowers.length);
  await nothingWaits(restored);
  await stop();
  assert.deepEqual(namesIn(mailbox), flowers.toSorted());
  await mailbox.close();
}

async function nothingWaits(settings: NodeJS.ProcessEnv): Promise<void> {
  while (!/En attente : 0/.test(await run(retry, settings)));
}

test('the machine is lost while mail is down: what was copied arrives once from another one', async () => {
  const { site, port, settings, COPIE } = await siteWithRequests();
  const copied = await run(copy, { ...settings, DATA_DIR: site.dataDir });
  assert.match(copied, /^5 demandes en attente copiées/m);
  assert.equal(statSync(COPIE).mode & 0o777, 0o600);
  assert.deepEqual(readableIn(readFileSync(COPIE), [...flowers, '0199001234', '+33199001234']), []);
  await ask(site, 'Trop tard');
  await site.stop('SIGKILL');
  rmSync(site.dataDir, { recursive: true });

  const restored = { ...settings, DATA_DIR: join(temporaryFolder(), 'neuf') };
  await run(restore, restored);
  assert.equal(statSync(restored.DATA_DIR).mode & 0o777, 0o700);
  assert.match(await run(reread, restored), /^5 demandes entières, 0 illisibles$/m);
  await eachArrives(restored, port);
});

test('the drill sends nothing: each request becomes a file closed for the team', async () => {
  const { site, port, settings } = await siteWithRequests({ PGP_PUBLIC_KEY_FILE: await keyFile(400) });
  await run(copy, { ...settings, DATA_DIR: site.dataDir });
  await site.stop();
  const mailbox = await openMailbox(port);
  const restored = { ...settings, DATA_DIR: temporaryFolder() };
  await run(restore, restored);
  const stop = await serveAs(serveForDrill, restored);
  await nothingWaits(restored);
  await stop();
  const folder = join(restored.DATA_DIR, 'courriels');
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  assert.equal(files.length, flowers.length);
  for (const file of files) assert.match(readFileSync(join(folder, file), 'latin1'), /BEGIN PGP MESSAGE/);
  assert.equal(mailbox.mails.length, 0);
  await mailbox.close();
});

test('without its secret, what was closed for the team leaves; the rest waits for the secret', async () => {
  for (const PGP_PUBLIC_KEY_FILE of [await keyFile(400), '']) {
    const { site, port, settings } = await siteWithRequests({ PGP_PUBLIC_KEY_FILE });
    await run(copy, { ...settings, DATA_DIR: site.dataDir });
    await site.stop();
    const DATA_DIR = temporaryFolder();
    const restored = { ...settings, DATA_DIR };
    const lost = { ...restored, OUTBOX_SECRET: 'un autre secret, tiré après la perte' };
    await run(restore, restored);
    const counted = await run(`${reread} || true`, lost);
    const mailbox = await openMailbox(port);
    let again = await startSite(lost);
    if (PGP_PUBLIC_KEY_FILE) {
      assert.match(counted, /^5 demandes entières, 0 illisibles$/m);
    } else {
      assert.match(counted, /^0 demandes entières, 5 illisibles$/m);
      while ((again.output().match(/"request-unreadable"/g)?.length ?? 0) < flowers.length)
        await again.wrote();
      await again.stop();
      assert.equal(mailbox.mails.length, 0);
      again = await startSite(restored);
    }
    await run(retry, restored);
    await mailbox.received(flowers.length);
    await again.stop();
    await mailbox.close();
  }
});

test('since the copy some have left and one was cancelled: all come back, under the same ids, as the guide warns', async () => {
  const { site, port, settings, tokens } = await siteWithRequests();
  await run(copy, { ...settings, DATA_DIR: site.dataDir });
  const body = new URLSearchParams({ jeton: tokens[0] ?? '' });
  await fetch(`${site.origin}/contact/annuler`, { method: 'POST', body });
  const mailbox = await openMailbox(port);
  await nothingWaits({ ...settings, DATA_DIR: site.dataDir });
  await site.stop();
  const gone = mailbox.mails.splice(0);
  const restored = { ...settings, DATA_DIR: temporaryFolder() };
  await run(restore, restored);
  const again = await startSite(restored);
  await mailbox.received(flowers.length);
  await again.stop();
  assert.deepEqual(namesIn(mailbox), flowers.toSorted());
  const ids = gone.map(({ messageId }) => messageId);
  const unknown = mailbox.mails.filter(({ messageId }) => !ids.includes(messageId));
  assert.equal(unknown.length, 1);
  assert.match(unknown[0]?.text ?? '', /« Tournesol »/);
  await mailbox.close();
});

test('a damaged outbox: what the guide takes from it is put in place, and arrives', {
  skip: existsSync('/usr/bin/sqlite3') ? false : 'no sqlite3 here',
}, async () => {
  const { site, port, settings } = await siteWithRequests();
  await site.stop('SIGKILL');
  const folder = temporaryFolder();
  for (const suffix of ['', '-wal', '-shm'])
    copyFileSync(join(site.dataDir, `demandes.sqlite${suffix}`), join(folder, `copie.sqlite${suffix}`));
  damage(join(folder, 'copie.sqlite'), 'phones');
  const commands = [
    fromGuide('umask 077'),
    fromGuide('sqlite3 copie.sqlite .dump'),
    fromGuide('sqlite3 sauvee.sqlite "PRAGMA'),
    fromGuide("sqlite3 sauvee.sqlite 'SELECT"),
  ];
  assert.match(await run([`cd ${folder}`, ...commands].join('\n'), {}), /^5$/m);

  const restored = { ...settings, DATA_DIR: temporaryFolder(), COPIE: join(folder, 'sauvee.sqlite') };
  await run(restore, restored);
  assert.match(await run(reread, restored), /^5 demandes entières, 0 illisibles$/m);
  await eachArrives(restored, port);
});

// Overwrites the first page of a table, once all that the log held is in the file.
function damage(file: string, table: string): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const { rootpage } = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table) ?? {};
  db.close();
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0xff, (Number(rootpage) - 1) * 4096, Number(rootpage) * 4096));
}

const postgres = skipPostgres ? undefined : await startPostgres();
after(() => postgres?.kill());

test('the database is lost while mail is down: what was copied arrives once from a new one', {
  skip: skipPostgres,
}, async () => {
  const DATABASE_URL = (await postgres?.freshDatabase()) ?? '';
  const { site, port, settings, COPIE } = await siteWithRequests({ DATABASE_URL });
  await run(copyOfDatabase, settings);
  assert.equal(statSync(COPIE).mode & 0o777, 0o600);
  const listed = await run('pg_restore --list "$COPIE"', settings);
  assert.match(listed, /TABLE DATA demandes outbox/);
  assert.doesNotMatch(listed, /TABLE DATA demandes (knocks|rate_limits)|pgboss/);
  await site.stop('SIGKILL');

  const restored = {
    ...settings,
    DATA_DIR: temporaryFolder(),
    DATABASE_URL: await postgres?.freshDatabase(),
  };
  await run(restoreDatabase, restored);
  assert.match(await run(reread, restored), /^5 demandes entières, 0 illisibles$/m);
  await eachArrives(restored, port);
});
