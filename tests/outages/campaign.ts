// A long bad day: people ask, change and cancel while servers are killed, the mail server does its worst, and somebody posts
// the token of one of his requests with the key of another. Afterwards every promise is counted.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CountName } from '../../src/rappel/counts.ts';
import { leaseMs } from '../../src/rappel/deliver.ts';
import { openOutbox } from '../../src/server/outbox/open.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { temporaryFolder } from '../support/folder.ts';
import { seeded } from '../support/seeded-random.ts';
import { type Site, startSite } from '../support/site.ts';
import { type Arrival, openBadMailbox } from './bad-mailbox.ts';

export type Campaign = {
  seed: number;
  requests: number;
  kills: number;
  /** One for each server; they share an outbox. */
  servers: NodeJS.ProcessEnv[];
  script?: string;
};

/** What the day came to. All but the first four must be zero. */
export type Outcome = {
  acked: number;
  kills: number;
  /** Forms of the attacker that were answered. */
  attacks: number;
  copies: number;
  /** Noted, and never arrived. */
  lost: number;
  /** Arrived under two Message-IDs: the team would call twice. */
  doubled: number;
  /** Copies that neither a lost answer of the mail server nor a kill explains. */
  unexplained: number;
  /** Taken back, and arrived all the same without a notice: the team would call. */
  betrayed: number;
  /** Taken back, with more than one notice. */
  unannounced: number;
  /** Kept or taken back, and not counted once: how many too many, or too few. */
  miscounted: number;
};

type Asked = { name: string; reference: string; isCancelled: boolean };

const atOnce = 8;

const preload = new URL('wrong-clock.ts', import.meta.url).href;

/** Runs a campaign to its end: everything that was noted has left, or will never. */
export async function run({ seed, requests, kills, servers, script }: Campaign): Promise<Outcome> {
  const random = seeded(seed);
  const mailbox = await openBadMailbox(seeded(seed + 1));
  const mail = { SMTP_HOST: '127.0.0.1', SMTP_PORT: String(mailbox.port), SMTP_REQUIRE_TLS: 'false' };
  const addresses = { MAIL_FROM: 'site@example.org', MAIL_TO: 'equipe@example.org' };
  const clock = { NODE_OPTIONS: `--import ${preload}`, CLOCK_FILE: join(temporaryFolder(), 'clock') };
  writeFileSync(clock.CLOCK_FILE, '0');
  const common = { ...mail, ...addresses, ...clock };
  const crew = await Promise.all(servers.map((settings) => crewed({ ...common, ...settings }, script)));
  const killedAt: number[] = [];

  const asked: Asked[] = [];
  let next = 0;
  const people = Array.from({ length: atOnce }, async () => {
    while (next < requests) asked.push(await askOne(next++, crew, random));
  });
  let attacks = 0;
  const attacker = async () => {
    const attack = await attackWith(crew, random);
    while (next < requests) attacks += await attack();
  };
  const killer = async () => {
    for (let kill = 1; kill <= kills; kill += 1) {
      while (next < (kill * requests) / (kills + 1)) await pause(5);
      const one = crew[Math.floor(random() * crew.length)] as Crewed;
      killedAt.push(Date.now());
      await one.restart();
    }
  };
  await Promise.all([...people, killer(), attacker()]);
  while (mailbox.tries() < requests / 2 && !(await isEmpty(crew))) await pause(50);
  mailbox.recover();
  writeFileSync(clock.CLOCK_FILE, String(2 * leaseMs)); // what a killed server was sending is due again
  while (!(await isEmpty(crew))) await pause(100);
  for (const one of crew) await one.site.stop();
  await mailbox.close();
  return {
    ...count(asked, mailbox.arrivals, killedAt),
    attacks,
    miscounted: await miscounted(asked, servers[0] ?? {}),
  };
}

type Crewed = { site: Site; restart(): Promise<void> };

async function crewed(settings: NodeJS.ProcessEnv, script?: string): Promise<Crewed> {
  const one: Crewed = {
    site: await startSite(settings, script),
    async restart() {
      await one.site.stop('SIGKILL');
      const { port } = new URL(one.site.origin);
      one.site = await startSite({ ...settings, DATA_DIR: one.site.dataDir, PORT: port }, script);
    },
  };
  return one;
}

// Somebody whose network is as bad as our servers: the same form is sent again until an answer comes.
async function askOne(n: number, crew: Crewed[], random: () => number): Promise<Asked> {
  const name = `Fleur${n}.`;
  const form = { tel: phoneOf(n), quand: 'lun-matin', prenom: name, cle: `cle ${name}` };
  const will = random();
  let token = await post('/contact/envoi', form, crew, random);
  if (will < 0.1)
    token = await post(
      '/contact/envoi',
      { ...form, cle: `cle2 ${name}`, mot: 'bis', jeton: token },
      crew,
      random,
    );
  const isCancelled = will <= 0.2;
  if (isCancelled) token = await post('/contact/annuler', { jeton: token }, crew, random);
  const page = await show(token, crew, random);
  return { name, reference: /id="reference"[^>]*>([^<]+)</.exec(page)?.[1] ?? '', isCancelled };
}

function phoneOf(n: number): string {
  return `019900${String(n).padStart(4, '0')}`;
}

// Somebody with two requests of his own, and a form of which one half belongs to each: gives what sends it once more, other
// words each time, and tells whether it was answered.
async function attackWith(crew: Crewed[], random: () => number): Promise<() => Promise<number>> {
  const form = (prenom: string) => ({ tel: phoneOf(9999), quand: 'lun-matin', prenom, cle: `cle ${prenom}` });
  const jeton = await post('/contact/envoi', form('A'), crew, random);
  await post('/contact/envoi', form('B'), crew, random);
  let n = 0;
  return async () => {
    const body = { ...form('B'), prenom: `Attaque${n++}.`, jeton };
    const path = '/contact/envoi';
    const answer = await anyone(crew, random, (origin) => sent(origin + path, body));
    return answer?.status === 303 ? 1 : 0;
  };
}

function sent(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
}

async function post(
  path: string,
  form: Record<string, string>,
  crew: Crewed[],
  random: () => number,
): Promise<string> {
  const answer = await untilAnswered(303, crew, random, (origin) => sent(origin + path, form));
  return new URL(answer.headers.get('location') ?? '', 'http://site').searchParams.get('jeton') ?? '';
}

async function show(token: string, crew: Crewed[], random: () => number): Promise<string> {
  const path = `/contact/suite?jeton=${token}`;
  return (await untilAnswered(200, crew, random, (origin) => fetch(origin + path))).text();
}

async function untilAnswered(
  status: number,
  crew: Crewed[],
  random: () => number,
  request: (origin: string) => Promise<Response>,
): Promise<Response> {
  for (;;) {
    const answer = await anyone(crew, random, request);
    if (answer?.status === status) return answer;
    if (answer && answer.status !== 503) throw new Error(`${answer.status} instead of ${status}`);
    await pause(20);
  }
}

// Asks one of the servers, whether it lives or not.
async function anyone(
  crew: Crewed[],
  random: () => number,
  request: (origin: string) => Promise<Response>,
): Promise<Response | undefined> {
  const { site } = crew[Math.floor(random() * crew.length)] as Crewed;
  return request(site.origin).catch(() => undefined);
}

async function isEmpty([one]: Crewed[]): Promise<boolean> {
  const health = (await (await fetch(`${one?.site.origin}/sante`)).json()) as { waiting: number | null };
  return health.waiting === 0;
}

function count(
  asked: Asked[],
  arrivals: Arrival[],
  killedAt: number[],
): Omit<Outcome, 'attacks' | 'miscounted'> {
  const once = [...new Map(arrivals.map((arrival) => [arrival.messageId, arrival])).values()];
  const texts = once.map(({ text }) => text);
  const requestsOf = (name: string) => texts.filter((text) => text.includes(`« ${name} »`));
  const live = ({ name }: Asked) => requestsOf(name).filter((text, _, all) => !all.some(replaces(text)));
  const notices = (reference: string) =>
    texts.filter((text) => text.startsWith(`ANNULATION réf. ${reference}\n`)).length;
  const arrived = ({ name, reference }: Asked) =>
    requestsOf(name).some((text) => referenceIn(text) === reference);
  const of = (wasCancelled: boolean, broken: (one: Asked) => boolean) =>
    asked.filter((one) => one.isCancelled === wasCancelled && broken(one)).length;
  return {
    acked: asked.length,
    kills: killedAt.length,
    copies: arrivals.length - once.length,
    lost: of(false, (one) => !arrived(one)),
    doubled: of(false, (one) => live(one).length > 1),
    unexplained: unexplained(arrivals, killedAt),
    betrayed: of(true, (one) => live(one).some((text) => notices(referenceIn(text)) < 1)),
    unannounced: of(true, ({ reference }) => notices(reference) > 1),
  };
}

// The attacker has two requests of his own; what he changes is not counted as kept.
async function miscounted(asked: Asked[], { DATA_DIR, DATABASE_URL }: NodeJS.ProcessEnv): Promise<number> {
  if (!DATA_DIR && !DATABASE_URL) return 0; // it was in memory
  const settings = { dataDir: DATA_DIR ?? temporaryFolder(), databaseUrl: DATABASE_URL } as Settings;
  const { outbox } = await openOutbox(settings, () => {});
  const years = [-1, 0, 1].map((more) => outbox.report(new Date().getFullYear() + more));
  const counts = (await Promise.all(years)).flat();
  await outbox.close();
  const total = (...names: CountName[]) =>
    counts.filter(({ name }) => names.includes(name)).reduce((sum, one) => sum + one.count, 0);
  const cancelled = asked.filter(({ isCancelled }) => isCancelled).length;
  return (
    Math.abs(total('kept-form') - asked.length - 2) +
    Math.abs(total('cancelled-unread', 'cancelled-read') - cancelled)
  );
}

function referenceIn(text: string): string {
  return /\nRéf\. (.+) reçue /.exec(text)?.[1] ?? '';
}

function replaces(text: string): (other: string) => boolean {
  const line = `REMPLACE la demande réf. ${referenceIn(text)}\n`;
  return (other) => other.startsWith(line) || other.includes(`\n\n${line}`); // after what was lost
}

// A copy is explained when the answer to the one before it was lost, or a server was killed in between.
function unexplained(arrivals: Arrival[], killedAt: number[]): number {
  return [...Map.groupBy(arrivals, ({ messageId }) => messageId).values()]
    .flatMap((copies) => copies.slice(1).map((copy, index) => [copies[index] as Arrival, copy] as const))
    .filter(
      ([first, second]) => first.wasSaid && !killedAt.some((at) => at >= first.at - 100 && at <= second.at),
    ).length;
}
