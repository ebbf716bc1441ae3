// `npm run bench ceiling`: how much of a core one address can take in an hour. All that is counted is used up as fast as
// it goes: forms, forms shown again, doubtful ones, every page and cancellation of every request. Then what each request
// above the measures still costs, beside a page. Prints its figures.
import { mailSettings, openMailbox } from '../tests/support/mailbox.ts';
import { startSite } from '../tests/support/site.ts';
import { keyFile } from '../tests/support/team-keys.ts';
import { workOf, written } from './figures.ts';

const mailbox = await openMailbox();
const site = await startSite({
  ...mailSettings(mailbox),
  PGP_PUBLIC_KEY_FILE: await keyFile(400),
  RATE_PER_HOUR: process.env.RATE_PER_HOUR ?? '120',
});
const ours = { 'sec-fetch-site': 'same-origin' };
const oldBrowser = {};
const long = 'é'.repeat(2500); // three bytes each once written: almost the longest body that is read
let made = 0;

const form = () => {
  made += 1;
  return {
    tel: '01 99 00 12 34',
    quand: 'ven-matin',
    mot: 'tournesol',
    prenom: `essai ${made}`,
    duree: '80',
  };
};
const post = async (
  fields: Record<string, string>,
  headers: Record<string, string> = ours,
  path = '/contact/envoi',
) => {
  const body = new URLSearchParams(fields);
  const answer = await fetch(site.origin + path, { method: 'POST', body, headers, redirect: 'manual' });
  await answer.bytes();
  return answer;
};
const get = async (path: string) => {
  const answer = await fetch(site.origin + path);
  await answer.bytes();
  return answer;
};
const isSmall = (answer: Response) => Number(answer.headers.get('content-length')) < smallest;
const smallest = 1.05 * Number((await get('/inconnue')).headers.get('content-length')); // the form is twice as long

const locations: string[] = [];
const mostPosts = 2000;

async function usedUp(fields: () => Record<string, string>, headers?: Record<string, string>): Promise<void> {
  for (let count = 0; count < mostPosts; count += 1) {
    const answer = await post(fields(), headers);
    const location = answer.headers.get('location');
    if (location) locations.push(location);
    if (answer.status === 429 && isSmall(answer)) return;
  }
}

async function untilRefused(attempt: () => Promise<Response>): Promise<void> {
  for (let count = 0; count < mostPosts; count += 1) if ((await attempt()).status === 429) return;
}

async function costOf(what: string, work: () => Promise<unknown>): Promise<number> {
  const before = workOf([site.process.pid ?? 0]);
  await work();
  const seconds = workOf([site.process.pid ?? 0]) - before;
  console.log(`${what.padEnd(62)} ${written(seconds, 2)} s`);
  return seconds;
}

let ceiling = 0;
ceiling += await costOf('formulaires gardés, puis rendus jusqu’à la petite page', () => usedUp(form));
ceiling += await costOf('formulaires en doute', () => usedUp(form, oldBrowser));
ceiling += await costOf('formulaires à corriger, longs', () => usedUp(() => ({ prenom: long })));
ceiling += await costOf(`toutes les pages de ${locations.length} demandes`, async () => {
  for (const location of locations) await untilRefused(() => get(location));
});
ceiling += await costOf('toutes leurs annulations', async () => {
  for (const location of locations) {
    const jeton = location.split('jeton=')[1] ?? '';
    await untilRefused(() => post({ jeton }, ours, '/contact/annuler'));
  }
});
console.log(`\nPlafond d’une adresse en une heure : ${written(ceiling, 1)} s d’un cœur\n`);

const each = 3000;
const above: [string, () => Promise<unknown>][] = [
  ['une page ordinaire', () => get('/contact')],
  ['un formulaire vide, au-dessus de la mesure', () => post({})],
  ['un formulaire long et faux', () => post({ tel: long, quand: 'x' })],
  ['un formulaire juste', () => post(form())],
  ['un jeton inventé', () => get('/contact/suite?jeton=x')],
  ['une annulation inventée', () => post({ jeton: 'x' }, ours, '/contact/annuler')],
  ['/sante', () => get('/sante')],
];
let page = 0;
for (const [what, attempt] of above) {
  const seconds = await costOf(`${written(each)} fois : ${what}`, async () => {
    for (let count = 0; count < each; count += 1) await attempt();
  });
  page ||= seconds;
  console.log(`${''.padEnd(62)} × ${written(seconds / page, 1)} d’une page`);
}
await site.stop();
await mailbox.close();
