// `npm run bench outbox`: what keeping a request costs, and how the site bears a bad day. Writes docs/mesures/demandes.md.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openPostgresOutbox } from '../src/server/outbox/postgres.ts';
import { run } from '../tests/outages/campaign.ts';
import { temporaryFolder } from '../tests/support/folder.ts';
import { mailSettings, openMailbox } from '../tests/support/mailbox.ts';
import { skip, startPostgres } from '../tests/support/postgres.ts';
import { type Site, startSite } from '../tests/support/site.ts';
import { acceptRates, formOf } from './accept-rates.ts';
import { atOnce, memoryOf, percentile, written } from './figures.ts';

const report: string[] = [];
const say = (line: string) => {
  report.push(line);
  console.log(line);
};

say(await acceptRates());
await goodDay();
await mailDown();
await campaigns();
await takeovers();

writeFileSync(new URL('../docs/mesures/demandes.md', import.meta.url), page());

/** From the moment a request is kept to the moment the mail server accepts it, as the journal says. */
async function goodDay(): Promise<void> {
  const mailbox = await openMailbox();
  const site = await startSite(mailSettings(mailbox));
  const answers = await paced(site, 400, 20);
  await mailbox.received(400);
  await pause(500);
  const seconds = [...site.output().matchAll(/"seconds":"([\d.]+)"/g)].map(([, written]) => Number(written));
  await site.stop();
  await mailbox.close();
  say(
    `| Bonne journée, 20 demandes par seconde : réponse à la personne | médiane ${written(percentile(answers, 50))} ms, p99 ${written(percentile(answers, 99))} ms |`,
  );
  say(
    `| … de la demande gardée au 250 du serveur de courriel (${seconds.length} demandes) | médiane ${written(percentile(seconds, 50), 1)} s, p99 ${written(percentile(seconds, 99), 1)} s |`,
  );
}

/** Mail is away: answers at 100 a second, memory with ten thousand waiting, then how they leave. */
async function mailDown(): Promise<void> {
  const { port, close } = await openMailbox();
  await close();
  const site = await startSite(mailSettings({ port }));
  const answers = await paced(site, 2000, 100);
  say(
    `| Courriel en panne, 100 demandes par seconde : réponse | médiane ${written(percentile(answers, 50))} ms, p99 ${written(percentile(answers, 99))} ms |`,
  );
  let n = 0;
  await atOnce(16, 8000, () => ask(site, `pile ${n++}`));
  say(`| Mémoire, 10 000 demandes en attente | ${written(memoryOf(site.process.pid))} Mo |`);
  const mailbox = await openMailbox(port);
  const start = performance.now();
  const during: number[] = [];
  while (mailbox.mails.length < 10_000) {
    const began = performance.now();
    await ask(site, `pendant ${n++}`);
    during.push(performance.now() - began);
    await pause(50);
  }
  const half = during.length >> 1;
  const [early, late] = [during.slice(0, half), during.slice(half)];
  say(
    `| Le courriel revient : 10 000 demandes parties en | ${((performance.now() - start) / 1000).toFixed(0)} s |`,
  );
  say(
    `| … nouvelles demandes pendant ce temps : réponse | première moitié p99 ${written(percentile(early, 99))} ms, seconde moitié p99 ${written(percentile(late, 99))} ms |`,
  );
  say(`| Mémoire ensuite | ${written(memoryOf(site.process.pid))} Mo |`);
  await site.stop();
  await mailbox.close();
}

async function campaigns(): Promise<void> {
  const day = { seed: 20261124, requests: 1000, kills: 50 };
  say(
    `| 1 000 demandes, 50 arrêts brutaux, un serveur, SQLite | ${told(await run({ ...day, servers: [{ DATA_DIR: temporaryFolder() }] }))} |`,
  );
  if (skip) return say(`| La même journée sur PostgreSQL | non mesuré : ${skip} |`);
  const postgres = await startPostgres();
  const OUTBOX_SECRET = 'un secret assez long, le même pour toutes';
  for (const machines of [2, 3]) {
    const DATABASE_URL = await postgres.freshDatabase();
    const servers = Array(machines).fill({ DATABASE_URL, OUTBOX_SECRET });
    say(`| … ${machines} serveurs, PostgreSQL | ${told(await run({ ...day, servers }))} |`);
  }
  await postgres.kill();
}

/** Machines that die while they hold a message: how long until another one has it. */
async function takeovers(): Promise<void> {
  if (skip) return say(`| Reprise après la mort d’une machine | non mesuré : ${skip} |`);
  const postgres = await startPostgres();
  const url = await postgres.freshDatabase();
  const { outbox } = await openPostgresOutbox(url, () => {});
  const seconds: number[] = [];
  for (let round = 0; round < 13; round += 1) {
    for (let n = 0; n < 8; n += 1) {
      const id = (round * 8 + n).toString(16).padStart(32, '0');
      await outbox.put({ id, receivedAt: Date.now(), sealed: Buffer.alloc(100), form: formOf(id) });
    }
    const holder = new URL('../tests/outbox/lock-holder.ts', import.meta.url).pathname;
    const holders = Array.from({ length: 8 }, () => spawn(process.execPath, [holder, url]));
    await Promise.all(holders.map(({ stdout }) => once(stdout, 'data')));
    await pause(1000 * Math.random()); // anywhere between two signs of life
    const killed = performance.now();
    for (const one of holders) one.kill('SIGKILL');
    for (let left = 8; left > 0; ) {
      const found = await outbox.due(Date.now(), Date.now() + 60_000);
      if (!found) {
        await pause(50);
        continue;
      }
      left -= 1;
      seconds.push((performance.now() - killed) / 1000);
      await outbox.erase(found.id);
    }
  }
  await outbox.close();
  await postgres.kill();
  say(
    `| Machine tuée pendant un envoi, PostgreSQL : une autre reprend (${seconds.length} fois) | médiane ${written(percentile(seconds, 50), 1)} s, p99 ${written(percentile(seconds, 99), 1)} s |`,
  );
}

function told({
  acked,
  kills,
  attacks,
  copies,
  lost,
  doubled,
  unexplained,
  betrayed,
  unannounced,
}: Awaited<ReturnType<typeof run>>): string {
  return `${acked} notées, ${kills} arrêts, ${attacks} formulaires d’attaque, ${lost} perdue, ${doubled} en double, ${copies} copies sous le même Message-ID dont ${unexplained} inexpliquée, ${betrayed} annulée que l’équipe appellerait, ${unannounced} annulée par plusieurs avis`;
}

async function ask(site: Site, prenom: string): Promise<void> {
  const body = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin', prenom });
  const { status } = await fetch(`${site.origin}/contact/envoi`, {
    method: 'POST',
    body,
    redirect: 'manual',
  });
  if (status !== 303) throw new Error(`${status} instead of 303`);
}

/** Sends at a steady pace whatever the answers take; gives the time of each in milliseconds. */
async function paced(site: Site, count: number, perSecond: number): Promise<number[]> {
  const start = performance.now();
  const times = Array.from({ length: count }, async (_, n) => {
    const due = start + (n * 1000) / perSecond;
    await pause(Math.max(0, due - performance.now()));
    await ask(site, `demande ${n}`);
    return performance.now() - due;
  });
  return Promise.all(times);
}

function page(): string {
  const day = new Date().toISOString().slice(0, 10);
  return `# Demandes : mesures

Écrit par \`npm run bench outbox\` le ${day}, sur une machine à deux cœurs partagés : les rapports comptent plus que les temps.
La journée aux arrêts brutaux est celle de \`tests/outages/campaign.ts\` : \`kill -9\`, courriel qui refuse, coupe, se tait ou
accepte sans le dire ; pendant ce temps, quelqu’un poste le jeton d’une de ses demandes avec la clé d’une autre.

| mesure | résultat |
| - | - |
${report.join('\n')}
`;
}
