import assert from 'node:assert/strict';
import { test } from 'node:test';
import ICAL from 'ical.js';
import { opening } from '../service/service.ts';
import { formOf, idOf } from './effects.fake.ts';
import { type Message, messageFor, type Stamp } from './message.ts';
import { cancellationOf } from './message-cancellation.ts';
import { parserFor } from './rappel.ts';
import { slotDatesFor } from './slots.ts';

const parseRappel = parserFor(opening);
const slotDates = slotDatesFor(opening);
const mailbox = 'equipe@example.org';
const receivedAt = new Date('2026-11-23T08:05:00Z');

/** The e-mail for a form sent on Monday 23 November 2026 at 9:05. */
function messageOf(answers: Record<string, string | string[]>, stamp: Partial<Stamp> = {}): Message {
  const parsed = parseRappel(formOf(answers));
  assert.ok(parsed.ok);
  const dates = slotDates(parsed.rappel.slots, receivedAt);
  return messageFor(parsed.rappel, dates, { id: idOf(1), receivedAt, mailbox, ...stamp });
}

function eventsOf({ calendars: [calendar] }: Message): ICAL.Component[] {
  return new ICAL.Component(ICAL.parse(calendar?.file ?? '')).getAllSubcomponents('vevent');
}

const everything = {
  tel: '01 99 00 56 78',
  quand: ['lun-matin', 'mar-midi', 'jeu-apres-midi'],
  eviter: 'mercredi toute la journée',
  tiers: 'autre',
  tiers_phrase: 'C’est pour le jardin partagé',
  message: 'neutre',
  essais: '2',
  mot: 'hirondelle',
  prenom: 'Zoé',
  langue: 'tamoul',
};

test('what was left empty is written as its strictest rule', () => {
  assert.equal(
    messageOf({}).text,
    `INTERDITS
- Message vocal : NON (non précisé : règle stricte)
- SMS : NON
- Se présenter à une autre personne : NON
- Plus d’appel après le mardi 24 novembre 2026 à 12 h

QUAND (heure de Paris, seulement à ces moments)
- mardi 24 novembre 2026, matin, 9 h – 12 h
- Surtout pas : aucun moment signalé

SI QUELQU’UN D’AUTRE RÉPOND
Raccrocher sans parler (non précisé : règle stricte)

NUMÉRO
01 99 00 12 34
+33199001234

MOT À DIRE AU DÉBUT
aucun (non précisé : règle stricte)

LA PERSONNE
- Prénom, vrai ou inventé : dire « Bonjour » (non précisé : règle stricte)
- Langue : français (non précisé : règle stricte)
- Essais : 1 (non précisé : règle stricte)

SUIVI (à cocher)
[ ] Essai 1 : le …………… à …………… par ……………
[ ] Personne jointe
[ ] Elle ou il dit « vous faites erreur » : ne plus rappeler
[ ] Essais épuisés ou date passée : ne plus rappeler

Réf. abricot-lampe 01
Reçue le lundi 23 novembre 2026 à 9 h 05 (heure de Paris)
`,
  );
});

test('every answer has its place, what is forbidden first', () => {
  assert.equal(
    messageOf(everything).text,
    `INTERDITS
- Message vocal : OUI, neutre : ni nom de service, ni motif
- SMS : NON
- Se présenter à une autre personne : NON
- Plus d’appel après le lundi 30 novembre 2026 à 12 h

QUAND (heure de Paris, seulement à ces moments)
- mardi 24 novembre 2026, midi, 12 h – 14 h
- jeudi 26 novembre 2026, après-midi, 14 h – 17 h
- lundi 30 novembre 2026, matin, 9 h – 12 h
- Surtout pas : « mercredi toute la journée »

SI QUELQU’UN D’AUTRE RÉPOND
Dire : « C’est pour le jardin partagé »

NUMÉRO
01 99 00 56 78
+33199005678

MOT À DIRE AU DÉBUT
« hirondelle »

LA PERSONNE
- Prénom, vrai ou inventé : « Zoé »
- Langue : « tamoul »
- Essais : 2, à une heure d’écart au moins

SUIVI (à cocher)
[ ] Essai 1 : le …………… à …………… par ……………
[ ] Essai 2 : le …………… à …………… par ……………
[ ] Personne jointe
[ ] Elle ou il dit « vous faites erreur » : ne plus rappeler
[ ] Essais épuisés ou date passée : ne plus rappeler

Réf. abricot-lampe 01
Reçue le lundi 23 novembre 2026 à 9 h 05 (heure de Paris)
`,
  );
});

test('each choice is written as it was made, without « non précisé »', () => {
  const chosen = messageOf({ tiers: 'raccrocher', message: 'aucun', essais: '1' }).text;
  assert.match(chosen, /^- Message vocal : NON$/m);
  assert.match(chosen, /^Raccrocher sans parler$/m);
  assert.match(chosen, /^- Essais : 1$/m);
  const other = messageOf({ tiers: 'erreur', message: 'nom' }).text;
  assert.match(other, /^- Message vocal : OUI, en disant « Un premier pas »$/m);
  assert.match(other, /^Dire « erreur de numéro »$/m);
});

test('an overseas number is written with its code', () => {
  assert.match(messageOf({ tel: '0692 12 34 56' }).text, /\nNUMÉRO\n\+262 692 12 34 56\n\+262692123456\n\n/);
});

test('a number unknown to the library, or perhaps a slip, is marked; a known one is not', () => {
  const mark =
    '\n\nÀ VÉRIFIER\n- numéro à vérifier : inconnu des plans de numérotation, ou peut-être français et mal écrit\n\n';
  for (const tel of ['06 39 98 12 34', '+3 6 39 98 12 34', '00 06 39 98 12 34'])
    assert.ok(messageOf({ tel }).text.includes(mark), tel);
  assert.doesNotMatch(messageOf({}).text, /vérifier/i);
});

test('a request that replaces another says so before anything else', () => {
  assert.ok(
    messageOf({}, { replaces: { id: idOf(7) } }).text.startsWith(
      `REMPLACE la demande réf. abricot-lampe 07
Ne plus appeler pour abricot-lampe 07. Si elle n’est pas dans la boîte, il n’y a rien à faire.

INTERDITS
`,
    ),
  );
});

test('what takes the place of words that came from elsewhere too says whose place it does not take', () => {
  const { text } = messageOf({}, { replaces: { id: idOf(7) }, others: [idOf(8), idOf(9)] });
  assert.ok(
    text.includes(`il n’y a rien à faire.
Les réponses de la réf. abricot-lampe 07 sont aussi venues d’une autre connexion : réf. abricot-lampe 08, abricot-lampe 09. Un seul courriel est parti pour toutes.
Rien ne prouve que c’est la même personne : ce message n’annule que ce qui est venu de la première.
Dans le doute, ne pas appeler pour ces réponses.

INTERDITS
`),
  );
});

test('a number given again is told before anything else, and nothing that could be said for harm is passed on', () => {
  const { text } = messageOf(everything, { given: [idOf(7)] });
  assert.ok(
    text.startsWith(`NUMÉRO DÉJÀ DONNÉ
Ce numéro a déjà été donné 1 fois depuis deux jours (réf. abricot-lampe 07).
C’est peut-être la même personne, ou quelqu’un qui veut nuire. La demande compte comme les autres.
Ni phrase, ni message, ni mot ne sont transmis ; un seul essai. Ne dire le prénom que si c’en est un.

INTERDITS
- Message vocal : NON (numéro déjà donné : règle stricte)
`),
  );
  for (const line of [
    'SI QUELQU’UN D’AUTRE RÉPOND\nRaccrocher sans parler (numéro déjà donné : règle stricte)\n',
    'MOT À DIRE AU DÉBUT\naucun (numéro déjà donné : règle stricte)\n',
    '- Surtout pas : « mercredi toute la journée »\n',
    '- Prénom, vrai ou inventé : « Zoé »\n- Langue : « tamoul »\n- Essais : 1 (numéro déjà donné : règle stricte)\n',
  ])
    assert.ok(text.includes(line), line);
  assert.doesNotMatch(text, /jardin|hirondelle|Essai 2|non précisé/);
});

test('a number given many times names five references, and counts no further than it looks', () => {
  const given = (count: number) => Array.from({ length: count }, (_, n) => idOf(n + 1));
  const named = 'abricot-lampe 01, abricot-lampe 02, abricot-lampe 03, abricot-lampe 04, abricot-lampe 05';
  assert.ok(messageOf({}, { given: given(5) }).text.includes(` 5 fois depuis deux jours (réf. ${named}).`));
  assert.ok(
    messageOf({}, { given: given(6) }).text.includes(
      ` 6 fois depuis deux jours (réf. ${named} et d’autres).`,
    ),
  );
  assert.ok(
    messageOf({}, { given: given(100) }).text.includes(
      ` au moins 100 fois depuis deux jours (réf. ${named} `,
    ),
  );
});

test('a cancellation says not to call, and not to call back to check', () => {
  const withdrawn = { id: idOf(7), receivedAt, dates: [] };
  assert.equal(
    cancellationOf(withdrawn, new Date('2026-12-01T23:30:00Z'), []).text,
    `ANNULATION réf. abricot-lampe 07

NE PLUS APPELER pour cette demande : la personne l’a annulée.
Ne pas la rappeler pour vérifier.
Si la demande n’est pas dans la boîte, il n’y a rien à faire.

Annulée le mercredi 2 décembre 2026 à 0 h 30 (heure de Paris)
`,
  );
});

test('the calendar holds the moments and the reference', () => {
  const events = eventsOf(messageOf(everything)).map((component) => new ICAL.Event(component));
  assert.deepEqual(
    events.map(({ summary, startDate, endDate }) => [
      summary,
      startDate.toJSDate().toISOString(),
      endDate.toJSDate().toISOString(),
    ]),
    [
      ['Créneau réf. abricot-lampe 01', '2026-11-24T11:00:00.000Z', '2026-11-24T13:00:00.000Z'],
      ['Créneau réf. abricot-lampe 01', '2026-11-26T13:00:00.000Z', '2026-11-26T16:00:00.000Z'],
      ['Créneau réf. abricot-lampe 01', '2026-11-30T08:00:00.000Z', '2026-11-30T11:00:00.000Z'],
    ],
  );
  assert.equal(new Set(events.map(({ uid }) => uid)).size, 3);
});

test('parts of a day that follow each other are one span of the calendar, others are not', () => {
  const quand = ['mar-matin', 'mar-midi', 'mar-apres-midi', 'mer-apres-midi', 'jeu-matin', 'jeu-apres-midi'];
  const spans = eventsOf(messageOf({ quand })).map((component) => new ICAL.Event(component));
  assert.deepEqual(
    spans.map(
      ({ startDate, endDate }) => `${startDate.toJSDate().toISOString()} ${endDate.toJSDate().toISOString()}`,
    ),
    [
      '2026-11-24T08:00:00.000Z 2026-11-24T16:00:00.000Z',
      '2026-11-25T13:00:00.000Z 2026-11-25T16:00:00.000Z',
      '2026-11-26T08:00:00.000Z 2026-11-26T11:00:00.000Z',
      '2026-11-26T13:00:00.000Z 2026-11-26T16:00:00.000Z',
    ],
  );
});

test('each moment of the calendar leaves time free, and says to read the mailbox again first', () => {
  for (const event of eventsOf(messageOf(everything))) {
    assert.equal(event.getFirstPropertyValue('transp'), 'TRANSPARENT');
    assert.equal(
      event.getFirstPropertyValue('description'),
      'Relire la boîte avant d’appeler : la demande a pu être annulée.',
    );
  }
});

test('a moment on a public holiday that nobody confirmed says so in the calendar as in the text', () => {
  const at = new Date('2026-12-21T08:05:00Z');
  const parsed = parseRappel(formOf({ quand: ['jeu-matin', 'ven-matin'] }));
  assert.ok(parsed.ok);
  const unsaid = { ...opening, closedOnHolidays: false, holidaysToConfirm: true };
  const dates = slotDatesFor(unsaid)(parsed.rappel.slots, at);
  const message = messageFor(parsed.rappel, dates, { id: idOf(1), receivedAt: at, mailbox });
  assert.match(message.text, /vendredi 25 décembre 2026.* \(jour férié : ouverture à confirmer\)$/m);
  assert.deepEqual(
    eventsOf(message).map((event) => event.getFirstPropertyValue('summary')),
    ['Créneau réf. abricot-lampe 01', 'Créneau réf. abricot-lampe 01 (jour férié : ouverture à confirmer)'],
  );
});

test('the calendar holds no name, no number and no word that was typed', () => {
  const { text, calendars } = messageOf(everything);
  const unfolded = JSON.stringify(calendars).replaceAll('\\r\\n ', '').toLowerCase();
  const typed = ['mercredi', 'jardin', 'hirondelle', 'zoé', 'tamoul', '01 99 00 56 78', '199005678'];
  for (const word of typed) {
    assert.ok(text.toLowerCase().includes(word), `${word} is in the e-mail`);
    assert.ok(!unfolded.includes(word), `${word} is not in the calendar`);
  }
});
