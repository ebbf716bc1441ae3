// A long bad day: people ask, change and cancel while servers are killed and the mail server does its worst.
// Afterwards every promise is counted.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { leaseMs } from '../../src/rappel/deliver.ts';
import { type Site, startSite, temporaryFolder } from '../site.ts';
import { type Arrival, openBadMailbox } from './bad-mailbox.ts';
import { seeded } from './chance.ts';

export type Campaign = {
  seed: number;
  requests: number;
  kills: number;
  /** One for each server; they share an outbox. */
  servers: NodeJS.ProcessEnv[];
  script?: string;
};

/** What the day came to. All but the first three must be zero. */
export type Outcome = {
  acked: number;
  kills: number;
  copies: number;
  /** Noted, and never arrived. */
  lost: number;
  /** Arrived under two Message-IDs: the team would call twice. */
  doubled: number;
  /** Copies that neither a lost answer of the mail server nor a kill explains. */
  unexplained: number;
  /** Withdrawn, and arrived all the same. */
  betrayed: number;
  /** Taken back after leaving, without exactly one notice. */
  unannounced: number;
};

type Asked = { name: string; reference: string; fate: 'kept' | 'withdrawn' | 'notified' | 'unsure' };

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
    while (next < requests) asked.push(await askOne(`Fleur${next++}.`, crew, random));
  });
  const killer = async () => {
    for (let kill = 1; kill <= kills; kill += 1) {
      while (next < (kill * requests) / (kills + 1)) await pause(5);
      const one = crew[Math.floor(random() * crew.length)] as Crewed;
      killedAt.push(Date.now());
      await one.restart();
    }
  };
  await Promise.all([...people, killer()]);
  while (mailbox.tries() < requests / 2 && !(await isEmpty(crew))) await pause(50);
  mailbox.recover();
  writeFileSync(clock.CLOCK_FILE, String(2 * leaseMs)); // what a killed server was sending is due again
  while (!(await isEmpty(crew))) await pause(100);
  for (const one of crew) await one.site.stop();
  await mailbox.close();
  return count(asked, mailbox.arrivals, killedAt);
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
async function askOne(name: string, crew: Crewed[], random: () => number): Promise<Asked> {
  const form = { tel: '01 99 00 12 34', quand: 'lun-matin', prenom: name, cle: `cle ${name}` };
  const will = random();
  let token = await post('/contact/envoi', form, crew, random);
  if (will < 0.1)
    token = await post(
      '/contact/envoi',
      { ...form, cle: `cle2 ${name}`, mot: 'bis', jeton: token },
      crew,
      random,
    );
  const page = await show(token, crew, random);
  const reference = /id="reference"[^>]*>([^<]+)</.exec(page)?.[1] ?? '';
  if (will > 0.2) return { name, reference, fate: 'kept' };
  const cancelled = await show(await post('/contact/annuler', { jeton: token }, crew, random), crew, random);
  if (/ne la verra pas/.test(cancelled)) return { name, reference, fate: 'withdrawn' };
  return { name, reference, fate: /déjà reçue/.test(cancelled) ? 'notified' : 'unsure' };
}

async function post(
  path: string,
  form: Record<string, string>,
  crew: Crewed[],
  random: () => number,
): Promise<string> {
  const answer = await untilAnswered(303, crew, random, (origin) =>
    fetch(origin + path, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' }),
  );
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
    const { site } = crew[Math.floor(random() * crew.length)] as Crewed;
    const answer = await request(site.origin).catch(() => undefined);
    if (answer?.status === status) return answer;
    if (answer && answer.status !== 503) throw new Error(`${answer.status} instead of ${status}`);
    await pause(20);
  }
}

async function isEmpty([one]: Crewed[]): Promise<boolean> {
  const health = (await (await fetch(`${one?.site.origin}/sante`)).json()) as { waiting: number | null };
  return health.waiting === 0;
}

function count(asked: Asked[], arrivals: Arrival[], killedAt: number[]): Outcome {
  const once = [...new Map(arrivals.map((arrival) => [arrival.messageId, arrival])).values()];
  const has = (words: string) => (text: string) => text.includes(words);
  const requestsOf = (name: string) => once.map(({ text }) => text).filter(has(`« ${name} »`));
  const live = ({ name }: Asked) => requestsOf(name).filter((text, _, all) => !all.some(replaces(text)));
  const arrived = ({ name, reference }: Asked) => requestsOf(name).some(has(`\nRéf. ${reference}\n`));
  const notices = ({ reference }: Asked) =>
    once.filter(({ text }) => text.startsWith(`ANNULATION réf. ${reference}\n`));
  // Two people may by chance have one reference.
  const takenBack = ({ reference }: Asked) =>
    asked.filter((one) => one.reference === reference && one.fate !== 'kept');
  const of = (fate: Asked['fate'], broken: (one: Asked) => boolean) =>
    asked.filter((one) => one.fate === fate && broken(one)).length;
  return {
    acked: asked.length,
    kills: killedAt.length,
    copies: arrivals.length - once.length,
    lost: of('kept', (one) => !arrived(one)),
    doubled: of('kept', (one) => live(one).length > 1),
    unexplained: unexplained(arrivals, killedAt),
    betrayed: of('withdrawn', arrived),
    unannounced: of(
      'notified',
      (one) => notices(one).length < 1 || notices(one).length > takenBack(one).length,
    ),
  };
}

function replaces(text: string): (other: string) => boolean {
  const reference = /\nRéf\. (.+)\n/.exec(text)?.[1];
  return (other) => other.startsWith(`REPLACE la demande réf. ${reference}\n`);
}

// A copy is explained when the answer to the one before it was lost, or a server was killed in between.
function unexplained(arrivals: Arrival[], killedAt: number[]): number {
  return [...Map.groupBy(arrivals, ({ messageId }) => messageId).values()]
    .flatMap((copies) => copies.slice(1).map((copy, index) => [copies[index] as Arrival, copy] as const))
    .filter(
      ([first, second]) => first.wasSaid && !killedAt.some((at) => at >= first.at - 100 && at <= second.at),
    ).length;
}
