// `un-premier-pas`: one command from any folder, its help, its refusals; a copy put in place, and what stands against it.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { checkRoom } from '../src/server/outbox/disk.ts';
import { restoreOutbox } from '../src/server/outbox/restore.ts';
import { fingerprintOf } from '../src/server/outbox/secret.ts';
import { openSqliteOutbox } from '../src/server/outbox/sqlite.ts';
import { boite, command, environment } from './support/command.ts';
import { temporaryFolder } from './support/folder.ts';

const root = new URL('..', import.meta.url).pathname;
const launcher = join(root, 'bin/un-premier-pas');
const { scripts, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const settings = (more: NodeJS.ProcessEnv = {}) => ({ DATA_DIR: temporaryFolder(), ...more });

test('from any folder, by a link too, it is the same command, and a file is looked for where it was typed', async () => {
  const folder = temporaryFolder();
  symlinkSync(launcher, join(folder, 'un-premier-pas'));
  const { DATA_DIR } = settings();
  await keep(DATA_DIR, 2);
  const env = { ...environment, DATA_DIR };
  const run = (...words: string[]) =>
    promisify(execFile)(join(folder, 'un-premier-pas'), words, { cwd: folder, env });
  assert.equal((await run('--version')).stdout, `${version}\n`);
  assert.match((await run('sauvegarder', 'copie')).stdout, /^2 demandes en attente copiées dans copie,/);
  assert.ok(existsSync(join(folder, 'copie')));
});

test('the list of its commands is its help, on the output, code 0; each has a page, and none of them acts', async () => {
  const { output, errors, code } = await command({ PORT: 'faux' }, 'aide');
  assert.deepEqual([code, errors], [0, '']);
  const words = [...output.matchAll(/^ {2}([a-z]+)\b/gm)].map(([, word = '']) => word);
  assert.deepEqual(
    words.toSorted(),
    'aide bilan essai etat exercice redemarrer reglages relancer relire restaurer sauvegarder verifier'.split(
      ' ',
    ),
  );
  const DATA_DIR = join(temporaryFolder(), 'absent');
  for (const word of ['etat', 'bilan', 'restaurer']) {
    const page = await command({ DATA_DIR }, word, '--help');
    assert.deepEqual([page.code, page.errors], [0, ''], word);
    assert.match(page.output, /Code de fin : 0/);
  }
  assert.equal(existsSync(DATA_DIR), false);
});

test('what is not a command ends with 2, and touches nothing', async () => {
  const DATA_DIR = join(temporaryFolder(), 'absent');
  for (const words of [
    [],
    ['relancr'],
    ['etat', 'trop'],
    ['boite', 'autre'],
    ['boite', 'relancer', '--vite'],
  ]) {
    const { code, output, errors } = await command({ DATA_DIR }, ...words);
    assert.deepEqual([code, output], [2, ''], words.join(' '));
    assert.match(errors, /Quelle commande \?|n’existe pas|est de trop/);
  }
  assert.equal(existsSync(DATA_DIR), false);
});

test('the names of before are the same commands', async () => {
  const file = 'bin/node src/commands/un-premier-pas.ts';
  assert.deepEqual([scripts.boite, scripts.verifier], [`${file} boite`, `${file} verifier`]);
  const before = settings();
  assert.equal((await boite(before, 'verifier')).output, '0 demandes entières, 0 illisibles\n');
  assert.equal((await boite(before, '--version')).output, `${version}\n`);
});

test('settings are read as a start reads them, every fault at once, and nothing starts', async () => {
  const good = await command(settings({ SMTP_HOTS: 'x' }), 'reglages');
  assert.deepEqual(good, {
    code: 0,
    output: 'À voir : SMTP_HOTS : voulez-vous dire SMTP_HOST ?\nRéglages lus : le site démarrerait.\n',
    errors: '',
  });
  const wrong = await command(settings({ PORT: 'x', TRUSTED_PROXIES: 'x' }), 'reglages');
  assert.deepEqual([wrong.code, wrong.output], [2, '']);
  assert.match(wrong.errors, /^Réglage PORT : .+\nRéglage TRUSTED_PROXIES : .+\n$/);
  const DATA_DIR = temporaryFolder();
  setVersion(join(DATA_DIR, 'demandes.sqlite'), 99);
  const PGP_PUBLIC_KEY_FILE = join(temporaryFolder(), 'cle');
  writeFileSync(PGP_PUBLIC_KEY_FILE, 'bonjour');
  const led = { DATA_DIR, EXIT_URL: 'https://autre.exemple.fr/', PGP_PUBLIC_KEY_FILE };
  const { errors, code } = await command(led, 'reglages');
  assert.equal(code, 2);
  assert.match(
    errors,
    /^Réglage EXIT_URL : .+\nRéglage PGP_PUBLIC_KEY_FILE : .+\nRéglage DATA_DIR : .+ plus récente du site\.\n$/,
  );
});

test('only the service restarts itself: asked elsewhere, the command says how', async () => {
  const { code, errors } = await command(settings(), 'redemarrer');
  assert.equal(code, 2);
  assert.match(errors, /^À lancer par le service : sudo \S+\/deploy\/commande redemarrer\n$/);
});

test('a copy takes the place of the outbox: what will leave again is told, what was there is kept', async () => {
  const { copy, secret } = await copyOf(3);
  const there = settings(secret);
  await keep(there.DATA_DIR, 1);
  const refused = await command(there, 'restaurer', copy);
  assert.equal(refused.code, 1);
  assert.match(refused.output, /^1 demandes attendent .+\nOu ajouter --remplacer : .+\nRien n’a changé\.\n$/);
  assert.equal(waitingIn(there.DATA_DIR), 1);

  const done = await command(there, 'restaurer', '--remplacer', copy);
  assert.equal(done.code, 0, done.output);
  assert.match(
    done.output,
    /^La copie est en place\. 3 demandes y attendent et partiront au démarrage, la dernière gardée le 30 novembre 2026 à 10:00\.\n/,
  );
  assert.match(done.output, /arrive une seconde fois[\s\S]+revient tel qu’avant[\s\S]+n’y est pas/);
  assert.equal(waitingIn(there.DATA_DIR), 3);
  const [aside = ''] = readdirSync(there.DATA_DIR).filter((name) => name.includes('.remplacee-'));
  assert.ok(done.output.includes(join(there.DATA_DIR, aside)));
  assert.deepEqual(readdirSync(there.DATA_DIR).toSorted(), ['courriels', 'demandes.sqlite', aside]);
  assert.equal(waitingIn(there.DATA_DIR, aside), 1);
  for (const name of ['demandes.sqlite', aside])
    assert.equal(statSync(join(there.DATA_DIR, name)).mode & 0o777, 0o600, name);
  assert.match((await command(there, 'relire')).output, /^0 demandes entières, 3 illisibles/); // none of them is sealed, here
});

test('the copy comes by the pipe too, and into a folder where there is nothing yet', async () => {
  const { copy, secret } = await copyOf(2);
  const DATA_DIR = join(temporaryFolder(), 'neuf');
  const child = spawn(process.execPath, ['src/commands/un-premier-pas.ts', 'restaurer', '-'], {
    cwd: root,
    env: { ...environment, ...secret, DATA_DIR },
  });
  child.stdin.end(readFileSync(copy));
  assert.match(await text(child.stdout), /^La copie est en place\. 2 demandes /);
  if (child.exitCode === null) await once(child, 'exit');
  assert.equal(child.exitCode, 0);
  assert.deepEqual(readdirSync(DATA_DIR).toSorted(), ['courriels', 'demandes.sqlite']);
});

test('while a site has the outbox open, nothing is put in its place, even when told to', async () => {
  const { copy, secret } = await copyOf(2);
  const there = settings(secret);
  const outbox = openAt(there.DATA_DIR); // as a site has it, in this other process
  checkRoom(there.DATA_DIR); // before each request: looking at the file must not let go of the lock
  const { code, output } = await command(there, 'restaurer', '--remplacer', copy);
  assert.equal(code, 1);
  assert.match(
    output,
    /^Le site tourne\. .+\nsudo systemctl stop un-premier-pas\.socket .+\nRien n’a changé\.\n$/,
  );
  await outbox.put(messageOf(9));
  assert.equal((await outbox.waiting()).count, 1);
  await outbox.close();
  assert.equal((await command(there, 'restaurer', '--remplacer', copy)).code, 0);
});

test('what is not a copy, or not of this version, or is not there, changes nothing', async () => {
  const { copy, secret } = await copyOf(1);
  const there = settings(secret);
  await keep(there.DATA_DIR, 1);
  const [folder, before] = [temporaryFolder(), readdirSync(there.DATA_DIR)];
  const made = (name: string, contents: string | Buffer) => {
    writeFileSync(join(folder, name), contents);
    return join(folder, name);
  };
  const newer = made('recente', readFileSync(copy));
  setVersion(newer, 99);
  const place = { file: join(there.DATA_DIR, 'demandes.sqlite'), secret: OUTBOX_SECRET, mayReplace: true };
  for (const [from, kind] of [
    [made('texte', 'bonjour '.repeat(1000)), 'not-a-copy'],
    [made('vide', ''), 'not-a-copy'],
    [made('coupee', readFileSync(copy).subarray(0, 9000)), 'not-a-copy'],
    [newer, 'newer'],
  ] as const)
    assert.deepEqual(restoreOutbox({ ...place, from }), { kind }, from);
  assert.throws(() => restoreOutbox({ ...place, from: folder }), { code: 'ERR_SQLITE_ERROR' });
  assert.throws(() => restoreOutbox({ ...place, from: place.file }), { code: 'EEXIST' });
  for (const [file, why] of [
    [newer, /^Cette copie a été écrite par une version plus récente/],
    [join(folder, 'absente'), /\(ENOENT\)/],
  ] as const) {
    const { code, output } = await command(there, 'restaurer', '--remplacer', file);
    assert.equal(code, 1, output);
    assert.match(output, why);
    assert.match(output, /Rien n’a changé\.\n$/);
  }
  assert.deepEqual(readdirSync(there.DATA_DIR), ['courriels', ...before]);
  assert.equal(waitingIn(there.DATA_DIR), 1);
});

test('a copy kept under another secret is put in place, and that is told; with PostgreSQL, its own command is', async () => {
  const { copy } = await copyOf(1, 'le premier secret, assez long pour servir');
  const other = await command(
    settings({ OUTBOX_SECRET: 'le second secret, assez long pour servir' }),
    'restaurer',
    copy,
  );
  assert.match(other.output, /^OUTBOX_SECRET n’est pas celui de cette copie/m);
  const shared = { DATABASE_URL: 'postgres://site:mot-de-passe@base.exemple.fr/demandes', OUTBOX_SECRET };
  const { code, errors } = await command(settings(shared), 'restaurer', copy);
  assert.equal(code, 2);
  assert.match(errors, /\npg_restore --no-owner --exit-on-error --dbname="\$DATABASE_URL" FICHIER\n$/);
});

const OUTBOX_SECRET = 'un secret assez long pour servir de secret';
const at = Date.UTC(2026, 10, 30, 9);
function setVersion(file: string, version: number): void {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA user_version = ${version}`);
  db.close();
}

function messageOf(n: number) {
  const form = { content: `${n}`, changeableSince: 0 };
  return { id: n.toString(16).padStart(32, '0'), receivedAt: at, sealed: Buffer.from('sealed'), form };
}

function openAt(folder: string) {
  return openSqliteOutbox(join(folder, 'demandes.sqlite'), { journal: () => {}, checkRoom: () => {} });
}

/** Keeps messages in the outbox of a folder. */
async function keep(folder: string, count: number): Promise<void> {
  const outbox = openAt(folder);
  for (let n = 0; n < count; n += 1) await outbox.put(messageOf(n));
  await outbox.close();
}

/** A copy in which so many messages wait. */
async function copyOf(count: number, secret = OUTBOX_SECRET) {
  const from = settings({ OUTBOX_SECRET: secret });
  await keep(from.DATA_DIR, count);
  const db = new DatabaseSync(join(from.DATA_DIR, 'demandes.sqlite'));
  db.prepare('INSERT INTO notes VALUES (?, ?)').run('secret', fingerprintOf(secret));
  db.close();
  const copy = join(temporaryFolder(), 'copie');
  assert.equal((await command(from, 'sauvegarder', copy)).code, 0);
  return { copy, secret: { OUTBOX_SECRET: secret } };
}

function waitingIn(folder: string, name = 'demandes.sqlite'): number {
  const db = new DatabaseSync(join(folder, name), { readOnly: true });
  const { count } = db.prepare('SELECT count(*) AS count FROM outbox').get() ?? {};
  db.close();
  return Number(count);
}
