// One request is one request, over HTTP: whoever sends it again, from where, when, and whatever else he holds. Households are
// told apart by the proxy's header, as behind a real one.
import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { temporaryFolder } from './support/folder.ts';
import { mailSettings, openMailbox } from './support/mailbox.ts';
import { startSite } from './support/site.ts';

const mailbox = await openMailbox();
const CLOCK_FILE = join(temporaryFolder(), 'clock');
const setClock = (minutes: number) => writeFileSync(CLOCK_FILE, String(minutes * 60_000));
setClock(0);
const preload = new URL('outages/wrong-clock.ts', import.meta.url).href;
const site = await startSite({
  ...mailSettings(mailbox),
  ...{ TRUSTED_PROXIES: '127.0.0.1', NODE_OPTIONS: `--import ${preload}`, CLOCK_FILE },
});
after(async () => {
  await site.stop();
  await mailbox.close();
});

const [home, away] = ['192.0.2.1', '198.51.100.2'];

// The first moment of a request is not today: begun, it would change what its page allows.
const day = new Date().toLocaleDateString('en', { timeZone: 'Europe/Paris', weekday: 'short' });
const quand = day === 'Mon' ? 'mer-matin' : 'lun-matin';

let numbers = 0;
/** A number that no other test gives. */
const newPhone = () => `01 99 00 00 ${String(numbers++).padStart(2, '0')}`;

/** Posts a form from a household, follows to the page, and gives what it shows. */
async function send(form: Record<string, string>, place = home, path = '/contact/envoi') {
  const headers = { 'x-forwarded-for': place };
  const body = new URLSearchParams({ quand, ...form });
  const answer = await fetch(site.origin + path, { method: 'POST', body, headers, redirect: 'manual' });
  const location = answer.headers.get('location') ?? '';
  const page = location ? await fetch(site.origin + location) : answer;
  const html = (await page.text()).replace(/[\u00a0\u202f]/g, ' ');
  const reference = /id="reference"[^>]*>([^<]+)</.exec(html)?.[1] ?? '';
  const token = new URL(location, 'http://site').searchParams.get('jeton') ?? '';
  return { statuses: [answer.status, page.status], html, reference, token };
}

/** The e-mails with these words, once all that waits has left. */
async function mailsWith(words: string): Promise<string[]> {
  const last = newPhone();
  await send({ tel: last });
  while (!mailbox.mails.some(({ text }) => text?.includes(last)))
    await mailbox.received(mailbox.mails.length + 1);
  return mailbox.mails.flatMap(({ text }) => (text?.includes(words) ? [text] : []));
}

/** A page without what differs from one request to the next. */
function withoutItsOwn({ html, reference, token }: Awaited<ReturnType<typeof send>>): string {
  const inPage = /(name="jeton" value=")[^"]+/;
  return html.replaceAll(token, 'TOKEN').replaceAll(reference, 'REFERENCE').replace(inPage, '$1IN PAGE');
}

test('two tabs at once, a reload in between, the frame, without a script: one reference, one e-mail', async () => {
  const tel = newPhone();
  const tabs = await Promise.all([send({ tel, cle: 'tab 1' }), send({ tel, cle: 'tab 2' }), send({ tel })]);
  await mailsWith(tel); // it has left
  const others = [
    await send({ tel, cle: 'reloaded' }),
    await send({ tel, verification: 'sans' }),
    await send({ tel, cle: 'tab 2' }, away),
  ];
  assert.deepEqual(
    [...tabs, ...others].map(({ reference }) => reference),
    Array(6).fill(tabs[0].reference),
  );
  assert.equal((await mailsWith(tel)).length, 1);
});

for (const script of [true, false]) {
  test(`from a second device ${script ? 'with' : 'without'} a script: one e-mail, and two pages that cannot be told apart`, async () => {
    const tel = newPhone();
    const keyed = (cle: string): Record<string, string> => (script ? { cle } : {});
    const first = await send({ tel, ...keyed(`first ${script}`) });
    const second = await send({ tel, ...keyed(`second ${script}`) }, away);
    const again = await send({ tel, ...keyed(`second ${script}`) }, away);
    assert.equal(again.reference, second.reference);
    assert.notEqual(first.reference, second.reference);
    assert.equal(first.token.length, second.token.length);
    assert.equal(withoutItsOwn(first), withoutItsOwn(second));
    assert.equal((await mailsWith(tel)).length, 1);

    const cancelled = await send({ jeton: second.token }, away, '/contact/annuler');
    const ordinary = await send({ jeton: (await send({ tel: newPhone() })).token }, home, '/contact/annuler');
    assert.equal(cancelled.token.length, ordinary.token.length);
    assert.equal(withoutItsOwn(cancelled), withoutItsOwn(ordinary));
    assert.match(cancelled.html, /Si l’équipe l’a déjà reçue, un message lui dit de ne pas appeler\./);
    const [notice = '', ...others] = await mailsWith(`ANNULATION réf. ${second.reference}\n`);
    assert.match(notice, /NE PLUS APPELER pour cette demande/);
    assert.ok(notice.includes(`d’une autre connexion : réf. ${first.reference}.`));
    assert.deepEqual(others, []);
    assert.equal((await mailsWith(`ANNULATION réf. ${first.reference}\n`)).length, 0);
  });
}

test('the token of one request with the key of another: an answer, and then nothing turns', async () => {
  const tel = newPhone();
  const { token } = await send({ tel, cle: 'hers A' });
  await send({ tel, cle: 'hers B', prenom: 'Zoé' });
  const attacks = ['Anna', 'Rose', 'Iris'].map((prenom) =>
    send({ tel, cle: 'hers B', prenom, jeton: token }),
  );
  for (const { statuses } of await Promise.all(attacks)) assert.deepEqual(statuses, [303, 200]);
  await mailsWith(tel);
  const file = join(site.dataDir, 'demandes.sqlite');
  const db = new DatabaseSync(file, { readOnly: true });
  const commits = () => Number(db.prepare('PRAGMA data_version').get()?.data_version);
  const isBusy = () => db.prepare('SELECT 1 FROM outbox').get() ?? statSync(`${file}-wal`).size > 0; // it is emptied later
  for (let looks = 0; looks < 10_000 && isBusy(); looks += 1) await fetch(site.origin);
  // The file gives its room back in a few writes more; what turns for ever would be seen in every round.
  let before = Number.NaN;
  for (let rounds = 0; rounds < 20 && commits() !== before; rounds += 1) {
    before = commits();
    for (let visits = 0; visits < 100; visits += 1) await fetch(site.origin);
  }
  assert.equal(commits(), before);
  db.close();
});

test('the same form half an hour later ends on a page that is true: its reference, its dates, and no way to modify it', async () => {
  const form = { tel: newPhone(), cle: 'half an hour' };
  const first = await send(form);
  setClock(31);
  const later = await send(form);
  setClock(0);
  assert.deepEqual([later.statuses, later.reference], [[303, 200], first.reference]);
  const when = ({ html }: typeof first) =>
    /Nous appellerons le numéro finissant par \d\d, (?:lundi|mercredi) [^<]+/.exec(html);
  assert.deepEqual(when(later)?.[0], when(first)?.[0] ?? 'a date');
  assert.match(later.html, /cette demande ne peut plus être modifiée d’ici/);
  assert.match(first.html, /contact\/modifier/);
  assert.doesNotMatch(later.html, /contact\/modifier/);
  assert.match(later.html, /action="\/contact\/annuler"/); // until its first moment begins
  assert.match(later.html, /tel:\+33189119494/);
});

// What the mail may order → what the page must have said.
const announced: [order: RegExp, promise: RegExp][] = [
  [/ : raccrocher sans parler\.$/m, /Si quelqu’un d’autre répond, [^.]*raccroch(ons|er) sans parler/],
  [
    / : dire « erreur de numéro », puis RACCROCHER\.$/m,
    /Si quelqu’un d’autre répond, [^.]*dire « erreur de numéro »/,
  ],
  [
    / : dire « une phrase », puis RACCROCHER\.$/m,
    /Si quelqu’un d’autre répond, [^.]*dire la phrase que vous avez écrite/,
  ],
  [/Message vocal : NON/, /Si vous ne répondez pas, [^.]*aucun message/],
  [/Message vocal : OUI, ces mots/, /Si vous ne répondez pas, [^.]*un message neutre/],
  [/Message vocal : OUI, en disant/, /Si vous ne répondez pas, [^.]*un message qui dit « Un premier pas »/],
  [/Essais : 1/, /Un seul essai|Deux essais au plus/],
  [/Essais : 2/, /Deux essais au plus/],
];

// What the page promises → where the team reads it: in the mail, or in its calendar.
const promised: [sentence: RegExp, line: RegExp][] = [
  [
    /^Nous appellerons le numéro finissant par \d\d, /,
    /^NUMÉRO ET MOMENTS \(heure de Paris, seulement à ces moments\)$/m,
  ],
  [/^(lun|mar|mercre|jeu|vendre)di \d+(er)? \S+ (entre|à partir de) /, /^ {2}- \S+di \d+(er)? \S+ \d{4}, /m],
  [/^Le \S+di \d+(er)? \S+ .* : ce sera le /, /\(à la place du \S+di .*, férié ou fermé\)$/m],
  [/^Référence : .* nommer cette demande au téléphone\.$/, /^Réf\. \S+ \d\d reçue le /m],
  [/^Un seul essai\.$/, /^ {2}- Essais : 1$/m],
  [/^Deux essais au plus, /, /^ {2}- Essais : (1$|1\b|2, à une heure d’écart au moins)/m],
  [/^Si quelqu’un d’autre répond, nous raccrochons/, / : raccrocher sans parler\.$/m],
  [
    /^Si quelqu’un d’autre répond, nous pouvons dire /,
    / : (raccrocher sans parler|dire « .* », puis RACCROCHER)\.$/m,
  ],
  [/^Si vous ne répondez pas, nous ne laissons aucun/, /^ {2}- Message vocal : NON\./m],
  [/^Si vous ne répondez pas, nous pouvons /, /^ {2}- Message vocal : (NON\.|OUI, (ces mots|en disant))/m],
  [/^Nous n’envoyons pas de SMS\.$/, /^ {2}- SMS : NON$/m],
  [
    /^Si l’équipe ne peut pas appeler à ces moments, /,
    /^ {2}- Appeler en dehors des moments ci-dessous, .* : NON$/m,
  ],
  [/^Si nous ne vous joignons pas, nous n’insistons pas/, /^ {2}- Plus d’appel après le /m],
  [
    /vous pouvez dire « vous faites erreur » : .* ne rappelons pas\.$/,
    /^ {2}3\. « Vous faites erreur », .* NE PLUS RAPPELER/m,
  ],
  [/^(Modifier|Annuler|Une fois cette page fermée) : /, /Relire la boîte avant d’appeler/],
];
// Moments in a list (tests/journeys/outcome.spec.ts), and a holiday in the week of the test.
const sometimes = new Set(promised.slice(1, 3).map(([said]) => said));
// True of the site, or of what the Département has not said: no order to the team.
const saidToHerAlone = /^Le numéro qui appelle peut s’afficher\.$/;

/** The sentences of the page that confirms a request, but for those of an accident. */
function sentencesOf(html: string): string[] {
  const section = /<section id="suite">.*<\/section>/s.exec(html.replace(/<form.*?<\/form>/s, ''))?.[0] ?? '';
  const texts = [...section.matchAll(/<(p|li)\b[^>]*>(.*?)<\/\1>/gs)].map(([, , inner = '']) =>
    inner
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return texts.filter((text) => text && !saidToHerAlone.test(text));
}

test('each sentence of the page has its line in the mail, for a number given once or again', async () => {
  const met = new Set<RegExp>();
  const choices = [
    {},
    { tiers: 'erreur', message: 'neutre', essais: '2', quand: 'tous' },
    { tiers: 'autre', tiers_phrase: 'une phrase', message: 'nom', mot: 'un mot' },
  ];
  for (const choice of choices) {
    const tel = newPhone();
    for (const prenom of ['Zoé', 'Anna']) {
      const page = await send({ ...choice, tel, prenom });
      assert.match(page.html, new RegExp(`finissant par ${tel.slice(-2)}, `));
      const [text = ''] = await mailsWith(`\nRéf. ${page.reference} reçue `);
      const mail = mailbox.mails.find((one) => one.text === text);
      const calendars =
        mail?.attachments.map(({ content }) => content.toString().replaceAll('\r\n ', '')) ?? [];
      const sentences = sentencesOf(page.html);
      assert.ok(sentences.length >= 12, sentences.join('\n'));
      for (const sentence of sentences) {
        const [pair, ...others] = promised.filter(([said]) => said.test(sentence));
        assert.deepEqual([sentence, pair !== undefined, others], [sentence, true, []]);
        assert.match([text, ...calendars].join('\n'), pair?.[1] ?? /$^/, sentence);
        if (pair) met.add(pair[0]);
      }
    }
  }
  const always = promised.filter(([said]) => !sometimes.has(said)).map(([said]) => said);
  assert.deepEqual(
    always.filter((said) => !met.has(said)),
    [],
  );
});

test('whatever was chosen, for a number given once or again, the page has said what the mail orders', async () => {
  const met = new Set<RegExp>();
  const choices = [
    {},
    { tiers: 'raccrocher', message: 'aucun', essais: '1' },
    { tiers: 'erreur', message: 'neutre', essais: '2' },
    { tiers: 'autre', tiers_phrase: 'une phrase', message: 'nom', mot: 'un mot' },
  ];
  for (const choice of choices) {
    const tel = newPhone();
    for (const prenom of ['Zoé', 'Anna']) {
      const page = await send({ ...choice, tel, prenom });
      const [mail = ''] = await mailsWith(`\nRéf. ${page.reference} reçue `);
      assert.equal(/^NUMÉRO DÉJÀ DONNÉ/.test(mail), prenom === 'Anna');
      const orders = announced.filter(([order]) => order.test(mail));
      assert.equal(orders.length, 3, mail);
      for (const [order, promise] of orders) assert.match(page.html, promise, String(met.add(order).size));
    }
  }
  assert.equal(met.size, announced.length);
});
