// `npm run bench:serving`: answers a second on one core, ours beside others that send the same bytes, each in turn.
// Writes its part of docs/vitesse-mesures.md.
import { skip as noNginx } from '../tests/nginx.ts';
import { mailSettings } from '../tests/site.ts';
import { type Answer, answerOf } from './answers.ts';
import { bare, type Contender, nginx, site, standalone } from './contenders.ts';
import { hold, release } from './cores.ts';
import { median, workOf, written } from './figures.ts';
import { formHeaders, formTemplate } from './form.ts';
import { openCounter } from './mailbox.ts';
import { table, writePart } from './report.ts';
import { teamKey } from './team-key.ts';
import { ask, skip as noWrk } from './wrk.ts';

const rounds = Number(process.env.ROUNDS ?? 7);
const seconds = Number(process.env.ROUND_SECONDS ?? 2);

/** One thing to measure. `beside`: the name of the row that its ratio is taken to. */
type Row = {
  name: string;
  who: Contender;
  path: string;
  headers: Record<string, string>;
  post?: boolean;
  isRefused?: boolean;
  beside: string;
};

if (noWrk || noNginx) throw new Error(`${noWrk || 'nginx n’est pas installé (paquet Debian : nginx)'}`);

const running: Contender[] = [];
const mailbox = await openCounter();
try {
  const lines = [...(await pages()), '', ...(await posts())];
  writePart('Ce que sert un cœur', 'bench:serving', [
    `wrk sur l’autre cœur, 32 connexions gardées ouvertes, ${rounds} tours de ${seconds} s en alternance : médianes. Qui ne`,
    'répond pas à ce moment-là est suspendu. « Occupé » : part du cœur que le serveur a prise ; sous 90 %, la limite était ailleurs.',
    '',
    ...lines,
  ]);
} finally {
  for (const one of running) {
    release(one.pids);
    await one.stop();
  }
  mailbox.stop();
}

async function pages(): Promise<string[]> {
  const headers = { 'accept-encoding': 'br' };
  const paths = ['/', '/contact'];
  const ours = await entered(site({}));
  const asked = paths.map(async (path) => [path, await answerOf(`${ours.origin}${path}`, { headers })]);
  const answers: Record<string, Answer> = Object.fromEntries(await Promise.all(asked));
  const others = {
    'node:http nu, pages en mémoire': await entered(bare(answers)),
    'nginx, un travailleur': await entered(nginx(answers)),
    'serveur de l’adaptateur Astro (ne compresse pas)': await entered(standalone()),
  };
  const rows = paths.flatMap((path) => {
    const beside = `${path} : node:http nu, pages en mémoire`;
    const row = (name: string, who: Contender) => ({ name: `${path} : ${name}`, who, path, headers, beside });
    return [row('notre serveur', ours), ...Object.entries(others).map(([name, who]) => row(name, who))];
  });
  for (const { name, who, path } of rows) {
    const answer = await answerOf(`${who.origin}${path}`, { headers });
    if (answer.status !== 200) throw new Error(`${name}: ${answer.status}`);
    if (!name.includes('Astro')) same(name, answer, answers[path]);
  }
  return measured('Pages', rows);
}

async function posts(): Promise<string[]> {
  const environment = { ...mailSettings(mailbox), RATE_PER_HOUR: '1000000000' };
  const ours = await entered(site(environment));
  const { 'sec-fetch-site': _, ...unsaid } = formHeaders;
  const elsewhere = { ...unsaid, 'sec-fetch-site': 'cross-site' };
  const path = '/contact/envoi';
  const body = formTemplate.replace('NUMERO', 'zéro');
  const post = (headers: Record<string, string>) =>
    answerOf(`${ours.origin}${path}`, { method: 'POST', headers, body });
  const [refusal, kept] = [await post(elsewhere), await post(formHeaders)];
  if (refusal.status !== 403 || kept.status !== 303) throw new Error(`${refusal.status}, ${kept.status}`);
  const plain = await entered(bare({ '/refus': refusal, '/note': kept }));
  const POLICY = kept.headers['content-security-policy'];
  const direct = await entered(site({ ...environment, POLICY }, 'bench/without-astro.ts'));
  const keyed = await entered(site({ ...environment, PGP_PUBLIC_KEY_FILE: await teamKey() }));

  const [bareRefusal, bareKept] = [
    'node:http nu : lire, analyser, 403',
    'node:http nu : lire, analyser, 303',
  ];
  const form = { path, post: true, headers: formHeaders };
  const wrongType = { ...formHeaders, 'content-type': 'text/plain' };
  const refused = { isRefused: true, beside: bareRefusal };
  const noted = { ...form, beside: bareKept };
  const rows: Row[] = [
    { ...form, ...refused, name: bareRefusal, who: plain, path: '/refus', headers: elsewhere },
    { ...form, ...refused, name: 'refusé au guichet : autre site (403)', who: ours, headers: elsewhere },
    { ...form, ...refused, name: 'refusé au guichet : autre type (415)', who: ours, headers: wrongType },
    { ...noted, name: bareKept, who: plain, path: '/note' },
    { ...noted, name: 'acceptée, sur le disque (303)', who: ours },
    { ...noted, name: '… sans Astro entre le guichet et la boîte', who: direct },
    { ...noted, name: '… fermée avec la clé OpenPGP de l’équipe', who: keyed },
  ];
  return measured('Formulaires', rows);
}

async function measured(subject: string, rows: Row[]): Promise<string[]> {
  const rates = new Map(rows.map(({ name }) => [name, [] as number[]]));
  const shares = new Map(rows.map(({ name }) => [name, [] as number[]]));
  for (const { who } of rows) hold(who.pids);
  for (let round = 0; round < rounds; round += 1) {
    for (const row of rows) {
      const { perSecond, share } = await turn(row, round);
      rates.get(row.name)?.push(perSecond);
      shares.get(row.name)?.push(share);
    }
  }
  const rate = (name: string) => median(rates.get(name) ?? []);
  const cells = rows.map(({ name, beside }) => [
    name,
    written(rate(name)),
    written(rate(name) / rate(beside), 2),
    `${written(100 * median(shares.get(name) ?? []))} %`,
  ]);
  return table([subject, 'par seconde', 'rapport au serveur nu', 'occupé'], cells);
}

async function turn({ name, who, path, headers, post, isRefused = false }: Row, round: number) {
  release(who.pids);
  const before = workOf(who.pids);
  const script = post ? { script: 'bench/posts.lua', words: [formTemplate, `${Date.now()}-`] } : {};
  const { perSecond, answers, refused } = await ask({
    url: `${who.origin}${path}`,
    seconds,
    headers,
    ...script,
  });
  const share = (workOf(who.pids) - before) / seconds;
  hold(who.pids);
  if (refused !== (isRefused ? answers : 0)) throw new Error(`${name}: ${refused} refused of ${answers}`);
  console.error(`${round + 1}/${rounds} ${name}: ${written(perSecond)}`);
  return { perSecond, share };
}

async function entered(starting: Promise<Contender>): Promise<Contender> {
  const contender = await starting;
  running.push(contender);
  return contender;
}

function same(name: string, { headers, bytes }: Answer, expected: Answer | undefined): void {
  const sorted = (table: Record<string, string> = {}) => JSON.stringify(Object.entries(table).sort());
  if (sorted(headers) !== sorted(expected?.headers)) throw new Error(`${name}: ${sorted(headers)}`);
  if (!expected?.bytes.equals(bytes)) throw new Error(`${name}: other bytes`);
}
