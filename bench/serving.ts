// `npm run bench serving`: answers a second on one core, ours beside others that send the same bytes, each in turn.
// Writes its part of docs/mesures/vitesse.md.

import { mailSettings } from '../tests/support/mailbox.ts';
import { skip as noNginx } from '../tests/support/nginx.ts';
import { keyFile } from '../tests/support/team-keys.ts';
import { compared, type Row, rounds, seconds } from './alternating-runs.ts';
import { type Answer, answerOf } from './answers.ts';
import { release } from './cores.ts';
import { filledForm, formHeaders } from './form.ts';
import { openCounter } from './mailbox.ts';
import { writePart } from './report.ts';
import { bare, type Contender, nginx, site, standalone } from './servers.ts';
import { skip as noWrk } from './wrk.ts';

if (noWrk || noNginx) throw new Error(`${noWrk || 'nginx n’est pas installé (paquet Debian : nginx)'}`);

const running: Contender[] = [];
const mailbox = await openCounter();
try {
  const lines = [...(await pages()), '', ...(await posts())];
  writePart('Ce que sert un cœur', 'bench serving', [
    `wrk sur l’autre cœur, 32 connexions gardées ouvertes, ${rounds} tours de ${seconds} s en alternance : médianes. Qui ne`,
    'répond pas à ce moment-là est suspendu. « Occupé » : part du cœur que le serveur a prise ; loin de',
    '100 %, la limite était ailleurs, et le rapport à travail égal (réponses par seconde de processeur) compte davantage.',
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
    const beside = `${path} : notre serveur`;
    const row = (name: string, who: Contender) => ({ name: `${path} : ${name}`, who, path, headers, beside });
    return [row('notre serveur', ours), ...Object.entries(others).map(([name, who]) => row(name, who))];
  });
  for (const { name, who, path } of rows) {
    const answer = await answerOf(`${who.origin}${path}`, { headers });
    if (answer.status !== 200) throw new Error(`${name}: ${answer.status}`);
    if (!name.includes('Astro')) same(name, answer, answers[path]);
  }
  return compared(rows, ['Pages', 'notre serveur en vaut'], true);
}

async function posts(): Promise<string[]> {
  const environment = { ...mailSettings(mailbox), RATE_PER_HOUR: '1000000000' };
  const ours = await entered(site(environment));
  const refusing = await entered(site(environment)); // of its own: what was accepted goes on leaving
  const { 'sec-fetch-site': _, ...unsaid } = formHeaders;
  const elsewhere = { ...unsaid, 'sec-fetch-site': 'cross-site' };
  const path = '/contact/envoi';
  const body = filledForm('zero', 1234);
  const post = (headers: Record<string, string>) =>
    answerOf(`${ours.origin}${path}`, { method: 'POST', headers, body });
  const [refusal, kept] = [await post(elsewhere), await post(formHeaders)];
  if (refusal.status !== 403 || kept.status !== 303) throw new Error(`${refusal.status}, ${kept.status}`);
  const plain = await entered(bare({ '/refus': refusal, '/note': kept }));
  const POLICY = kept.headers['content-security-policy'];
  const rendered = await entered(site({ ...environment, POLICY }, 'bench/with-astro.ts'));
  const keyed = await entered(site({ ...environment, PGP_PUBLIC_KEY_FILE: await keyFile(400) }));

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
    { ...form, ...refused, name: 'refusé au guichet : autre site (403)', who: refusing, headers: elsewhere },
    { ...form, ...refused, name: 'refusé au guichet : autre type (415)', who: refusing, headers: wrongType },
    { ...noted, name: bareKept, who: plain, path: '/note' },
    { ...noted, name: 'acceptée, sur le disque (303)', who: ours },
    { ...noted, name: '… et une page courte rendue par Astro', who: rendered },
    { ...noted, name: '… fermée avec la clé OpenPGP de l’équipe', who: keyed },
  ];
  return compared(rows, ['Formulaires', 'rapport au serveur nu'], false);
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
