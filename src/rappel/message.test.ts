// Each line of the e-mail, by what was answered. The whole of it: message-whole.test.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opening } from '../service/service.ts';
import { formOf, idOf } from './effects.fake.ts';
import { slotsOf } from './fields.ts';
import { datesOf, everything, messageOf } from './message.fake.ts';
import { type Message, tooLate } from './message.ts';
import { toKnow } from './message-call.ts';
import { cancellationByReference, cancellationOf } from './message-cancellation.ts';
import { asExercise, asTest } from './message-example.ts';
import { parserFor } from './rappel.ts';

const at = new Date('2026-11-23T08:05:00Z');

/** Whether a text has these lines, one after the other. */
function has({ text }: Message, ...lines: string[]): boolean {
  return text.includes(`\n${lines.join('\n')}\n`);
}

/** The lines under « NUMÉRO ET MOMENTS » that are no number. */
function momentsOf({ text }: Message): string[] {
  const section = /\nNUMÉRO ET MOMENTS .*\n {2}.*\n([\s\S]*?)\n\n/.exec(text)?.[1] ?? '';
  return section.split('\n').map((line) => line.replace(/^ {2}- /, ''));
}

test('each line of a list begins with two spaces: some mail tools join short lines', () => {
  const { text } = messageOf({ ...everything, langue: 'tamoul' }, { isUnverified: true });
  const lists = text.split('\n').filter((line) => /^\s*-/.test(line));
  assert.ok(lists.length > 10);
  for (const line of lists) assert.match(line, /^ {2}- \S/);
});

test('each choice about voice messages has its order', () => {
  assert.ok(
    has(messageOf({ message: 'aucun' }), '  - Message vocal : NON. Raccrocher avant le signal sonore.'),
  );
  assert.ok(
    has(
      messageOf({ message: 'neutre' }),
      '  - Message vocal : OUI, ces mots et aucun autre : « Bonjour, je rappellerai. »',
    ),
  );
  const named = messageOf({ message: 'nom', mot: 'hirondelle' });
  assert.match(named.text, /^ {2}- Message vocal : OUI, en disant « Un premier pas », jamais le motif/m);
  assert.match(named.text, /qu’elle peut parler : NON \(sauf ce message vocal\)$/m);
});

test('to somebody else nothing is said, or what was chosen, and then the call ends', () => {
  const order = '  4. Une autre personne, ou un doute : ';
  assert.ok(has(messageOf({ tiers: 'raccrocher' }), `${order}raccrocher sans parler.`, '', 'LA PERSONNE'));
  assert.ok(
    has(
      messageOf({ tiers: 'erreur' }),
      `${order}dire « erreur de numéro », puis RACCROCHER.`,
      '',
      'LA PERSONNE',
    ),
  );
  assert.ok(
    has(
      messageOf({ tiers: 'autre', tiers_phrase: 'C’est le garage' }),
      `${order}dire « C’est le garage », puis RACCROCHER.`,
      '     Ne pas dire la phrase si elle nous fait passer pour un médecin, la police ou un tribunal : raccrocher.',
      '',
    ),
  );
});

test('two tries become one once another person has answered', () => {
  const twice = messageOf({ essais: '2' });
  assert.ok(has(twice, '     Une autre personne a répondu : plus d’autre essai.'));
  assert.match(twice.text, /^ {2}- Essais : 2, .* Un seul si une autre personne a répondu\.$/m);
  assert.doesNotMatch(messageOf({ essais: '1' }).text, /autre essai|Un seul/);
});

test('a public holiday is forbidden, unless the line answers and it was chosen', () => {
  const open = { ...opening, holidaysToConfirm: false };
  const christmas = new Date('2026-12-24T08:05:00Z');
  const [date] = datesOf(['ven-matin'], christmas, open);
  assert.equal(date?.date, '2026-12-25');
  const ban = (message: Message) => message.text.includes('ou un jour férié : NON');
  assert.ok(ban(messageOf({ quand: 'ven-matin' }, { receivedAt: christmas })));
  assert.ok(!ban(messageOf({ quand: 'ven-matin' }, { receivedAt: christmas }, open)));
});

test('parts of a day that follow each other are one moment, others are not', () => {
  const quand = [
    'mar-matin',
    'mar-midi',
    'mar-apres-midi',
    'mer-matin',
    'mer-midi',
    'jeu-matin',
    'jeu-apres-midi',
  ];
  assert.deepEqual(momentsOf(messageOf({ quand })), [
    'mardi 24 novembre 2026, matin, midi et après-midi, 9 h – 17 h',
    'mercredi 25 novembre 2026, matin et midi, 9 h – 14 h',
    'jeudi 26 novembre 2026, matin, 9 h – 12 h',
    'jeudi 26 novembre 2026, après-midi, 14 h – 17 h',
  ]);
});

test('a part that has begun is from then on, alone or joined to the next', () => {
  assert.deepEqual(momentsOf(messageOf({ quand: 'lun-matin' })), [
    'lundi 23 novembre 2026, matin, à partir de 9 h 05, jusqu’à 12 h',
  ]);
  assert.deepEqual(momentsOf(messageOf({ quand: ['lun-matin', 'lun-midi'] })), [
    'lundi 23 novembre 2026, matin et midi, à partir de 9 h 05, jusqu’à 14 h',
  ]);
});

test('a part that takes the place of a closed one stands apart from the parts that it follows', () => {
  const closed = { ...opening, closedSlots: ['2026-11-25 après-midi'] };
  const receivedAt = new Date('2026-11-25T12:30:00Z');
  const quand = ['mer-matin', 'mer-midi', 'mer-apres-midi'];
  assert.deepEqual(momentsOf(messageOf({ quand }, { receivedAt }, closed)), [
    'mercredi 2 décembre 2026, matin et midi, 9 h – 14 h',
    'mercredi 2 décembre 2026, après-midi, 14 h – 17 h (à la place du mercredi 25 novembre 2026, férié ou fermé)',
  ]);
});

test('all moments of a week are one sentence; in one with a holiday, its day is left out and its place told', () => {
  assert.deepEqual(momentsOf(messageOf({ quand: 'tous' })), [
    'à tout moment d’ouverture (9 h – 17 h), du lundi 23 novembre 2026 à 9 h 05 au vendredi 27 novembre 2026 à 17 h',
  ]);
  const receivedAt = new Date('2026-12-21T12:30:00Z');
  assert.deepEqual(momentsOf(messageOf({ quand: 'tous' }, { receivedAt })), [
    'à tout moment d’ouverture (9 h – 17 h), du lundi 21 décembre 2026 à 14 h au lundi 28 décembre 2026 à 14 h',
    'mais pas : vendredi 25 décembre 2026, samedi 26 décembre 2026, dimanche 27 décembre 2026',
    'vendredi 8 janvier 2027, matin, midi et après-midi, 9 h – 17 h (à la place du vendredi 25 décembre 2026, férié ou fermé)',
  ]);
});

test('a long list with a gap stays a list: nothing is said that was not chosen', () => {
  const all = slotsOf(opening);
  for (const missing of ['mer-midi', 'mar-matin', 'jeu-apres-midi'] as const) {
    const lines = momentsOf(messageOf({ quand: all.filter((slot) => slot !== missing) }));
    assert.ok(lines.length >= 5, missing);
    assert.ok(
      lines.every((line) => !line.startsWith('à tout moment')),
      missing,
    );
  }
});

const months = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(
  ' ',
);

/** The ISO dates in a line. */
function daysIn(line: string): string[] {
  return [...line.matchAll(/ (\d+)(?:er)? (\p{L}+) (\d{4})/gu)].map(([, day = '', month = '', year = '']) =>
    [year, String(months.indexOf(month) + 1).padStart(2, '0'), day.padStart(2, '0')].join('-'),
  );
}

/** The times in a line, in minutes since midnight. */
function timesIn(line: string): number[] {
  return [...line.matchAll(/(\d+) h(?: (\d\d))?/g)].map(
    ([, hour, minute]) => Number(hour) * 60 + Number(minute ?? 0),
  );
}

/** The minutes in which the lines of an e-mail allow a call. */
function minutesAllowed([first = '', ...others]: string[]): number {
  if (!first.startsWith('à tout moment')) {
    const [from = 0, to = 0] = timesIn(first);
    return to - from + (others.length > 0 ? minutesAllowed(others) : 0);
  }
  const [opens = 0, closes = 0, from = 0, to = 0] = timesIn(first);
  const [start = '', end = ''] = daysIn(first);
  const [out = '', ...moved] = others[0]?.startsWith('mais pas') ? others : ['', ...others];
  const days = (Date.parse(end) - Date.parse(start)) / 86_400_000 + 1 - daysIn(out).length;
  const whole = days * (closes - opens) - (from - opens) - (closes - to);
  return whole + (moved.length > 0 ? minutesAllowed(moved) : 0);
}

test('whatever is chosen and when, the moments written are those at which a call is allowed, to the minute', () => {
  const all = slotsOf(opening);
  const choices = [
    all,
    all.slice(3),
    all.filter((slot) => !slot.startsWith('mer')),
    all.filter((_, n) => n % 2),
  ];
  const sentences = new Set<boolean>();
  for (let hour = 0; hour < 14 * 24; hour += 5)
    for (const slots of choices) {
      const receivedAt = new Date(Date.UTC(2026, 11, 14, hour, 20));
      const lines = momentsOf(messageOf({ quand: slots }, { receivedAt }));
      const allowed = datesOf(slots, receivedAt).map(
        ({ from, to }) => (to.getTime() - from.getTime()) / 60_000,
      );
      assert.equal(minutesAllowed(lines), Math.floor(allowed.reduce((a, b) => a + b)), lines.join('\n'));
      sentences.add(lines.some((line) => line.startsWith('à tout moment')));
    }
  assert.equal(sentences.size, 2);
});

test('a number overseas or abroad is written with its code, and its hours are said to be those of Paris', () => {
  const message = messageOf({ tel: '0692 12 34 56' });
  assert.ok(has(message, '  +262 692 12 34 56   (+262692123456)'));
  assert.ok(
    has(
      message,
      'À SAVOIR',
      '  - Numéro hors de France métropolitaine : les moments restent à l’heure de Paris.',
    ),
  );
});

test('a number unknown to the library, or perhaps a slip, is marked; a known one is not', () => {
  const mark = '  - Numéro peut-être faux : inconnu, ou français et mal écrit. Ne pas le chercher ailleurs.';
  for (const tel of ['06 39 98 12 34', '+3 6 39 98 12 34', '00 06 39 98 12 34'])
    assert.ok(has(messageOf({ tel }), 'À SAVOIR', mark), tel);
  assert.doesNotMatch(messageOf().text, /À SAVOIR/);
});

test('what the person has read of the number shown is told, once somebody has said it', () => {
  const parsed = parserFor(opening)(formOf());
  assert.ok(parsed.ok);
  const told = (callerId: string) => toKnow(parsed.rappel, { isUnverified: false, callerId });
  assert.deepEqual(told(''), []);
  assert.deepEqual(told('Le numéro est masqué.'), [
    ['À SAVOIR', '  - Annoncé à la personne : « Le numéro est masqué. » Appeler de la même façon.'],
  ]);
});

test('words that may be in another language are to be translated before any call', () => {
  const perhaps = '  - Textes à faire traduire avant tout appel, s’ils ne sont pas en français.';
  assert.ok(has(messageOf({ langue: 'anglais', eviter: 'on Friday' }), perhaps));
  for (const answers of [{ langue: 'anglais' }, { langue: 'Français', mot: 'oui' }, { mot: 'œuf à Noël' }])
    assert.doesNotMatch(messageOf(answers).text, /traduire/, JSON.stringify(answers));
  const surely = '  - Textes à faire traduire avant tout appel.';
  for (const answers of [{ eviter: 'всегда' }, { mot: '你好' }, { prenom: 'سلمى' }])
    assert.ok(has(messageOf(answers), surely), JSON.stringify(answers));
});

test('the three links open a mail with a subject and nothing else, whatever the address', () => {
  const subjectsOf = ({ text }: Message) =>
    [...text.matchAll(/^ {2}- .* : (mailto:\S+)$/gm)].map(([, link = '']) => {
      const { pathname, search, searchParams } = new URL(link);
      assert.doesNotMatch(link, /body|[^\x21-\x7e]|\+(?!fr)/);
      assert.equal([...searchParams].length, 1, search);
      return `${decodeURIComponent(pathname)} ${searchParams.get('subject')}`;
    });
  assert.deepEqual(subjectsOf(messageOf()), [
    'equipe@example.org Je m’en charge abricot-lampe 01',
    'equipe@example.org Jointe abricot-lampe 01',
    'equipe@example.org Terminé abricot-lampe 01',
  ]);
  const [first] = subjectsOf(messageOf({}, { mailbox: 'a&b?c+%d@example.org' }));
  assert.equal(first, 'a&b?c+%d@example.org Je m’en charge abricot-lampe 01');
});

test('what a replaced request held is told first, and only what was lost', () => {
  const firstLine = (lost: ('avoid' | 'codeWord')[]) =>
    messageOf({}, { replaces: { id: idOf(7), lost } }).text.split('\n')[0];
  assert.equal(
    firstLine(['avoid']),
    'La demande remplacée portait un « surtout pas » : le relire dans réf. abricot-lampe 07. Le « surtout pas » vaut encore.',
  );
  assert.equal(
    firstLine(['codeWord']),
    'La demande remplacée portait un mot : le relire dans réf. abricot-lampe 07.',
  );
  assert.equal(firstLine([]), 'REMPLACE la demande réf. abricot-lampe 07');
});

test('what takes the place of words that came from elsewhere too says whose place it does not take', () => {
  const { text } = messageOf({}, { replaces: { id: idOf(7) }, others: [idOf(8), idOf(9)] });
  assert.ok(
    text.includes(`créneaux réf. abricot-lampe 07.

Les réponses de la réf. abricot-lampe 07 sont aussi venues d’une autre connexion : réf. abricot-lampe 08, abricot-lampe 09. Un seul courriel est parti pour toutes.
Rien ne prouve que c’est la même personne : ce message n’annule que ce qui est venu de la première.
Dans le doute, ne pas appeler pour ces réponses.

Ce qui n’est pas précisé`),
  );
});

test('a number given again is told before anything else, and nothing that could be said for harm is passed on', () => {
  const message = messageOf(everything, { given: [idOf(7)] });
  assert.ok(
    message.text.startsWith(`NUMÉRO DÉJÀ DONNÉ
Ce numéro a déjà été donné 1 fois depuis deux jours (réf. abricot-lampe 07).
C’est peut-être la même personne, ou quelqu’un qui veut nuire. La demande compte comme les autres.
Ni phrase, ni message, ni mot ne sont transmis ; un seul essai. Ne dire le prénom que si c’en est un.

Ce qui n’est pas précisé suit la règle la plus stricte.
`),
  );
  for (const line of [
    '  - Message vocal : NON. Raccrocher avant le signal sonore.',
    '  1. Dire d’abord : « Bonjour. »',
    '  4. Une autre personne, ou un doute : raccrocher sans parler.',
    '  - Surtout pas : « mercredi toute la journée » (si cela contredit un moment : ne pas appeler)',
    '  - Prénom à dire, vrai ou inventé : « Zoé »',
    '  - Essais : 1',
  ])
    assert.ok(has(message, line), line);
  assert.doesNotMatch(message.text, /jardin|hirondelle|Essais : 2|autre essai/);
});

test('a number given many times names five references, and counts no further than it looks', () => {
  const given = (count: number) => Array.from({ length: count }, (_, n) => idOf(n + 1));
  const told = (count: number) => messageOf({}, { given: given(count) }).text.split('\n')[1];
  const named = 'abricot-lampe 01, abricot-lampe 02, abricot-lampe 03, abricot-lampe 04, abricot-lampe 05';
  const times = 'Ce numéro a déjà été donné';
  assert.equal(told(5), `${times} 5 fois depuis deux jours (réf. ${named}).`);
  assert.equal(told(6), `${times} 6 fois depuis deux jours (réf. ${named} et d’autres).`);
  assert.equal(told(100), `${times} au moins 100 fois depuis deux jours (réf. ${named} et d’autres).`);
});

test('a cancellation by reference asks for both, says what to do with one, and ties to its request', () => {
  const message = cancellationByReference('galet-sapin 54', '34', at);
  assert.equal(message.subject, 'ANNULÉE galet-sapin 54');
  assert.deepEqual(message.thread, ['demande-galet-sapin-54']);
  assert.deepEqual(message.calendars, []);
  assert.equal(
    message.text,
    `ANNULATION réf. galet-sapin 54 (demandée par référence, finissant par 34)

NE PLUS APPELER pour la demande qui porte cette référence, si son numéro finit par 34.
Si la référence correspond, mais pas les chiffres : dans le doute, ne pas appeler.
Ne pas rappeler pour vérifier. Si aucune demande ne correspond, il n’y a rien à faire.
Retirer de l’agenda les créneaux réf. galet-sapin 54.

Demandée le lundi 23 novembre 2026 à 9 h 05 (heure de Paris)
`,
  );
});

test('a cancellation of words that came from elsewhere too tells of these, and stands beside their mail', () => {
  const { text, thread } = cancellationOf({ id: idOf(7), receivedAt: at, dates: [] }, at, [idOf(8)]);
  assert.ok(text.includes('d’une autre connexion : réf. abricot-lampe 08. Un seul courriel'));
  assert.doesNotMatch(text, /rien à faire/);
  assert.deepEqual(thread, [
    ...['demande-abricot-lampe-08', idOf(8)],
    ...['demande-abricot-lampe-07', idOf(7)],
  ]);
});

test('each mail says what it is, in its kind and its subject', () => {
  const request = messageOf();
  const replacing = messageOf({}, { replaces: { id: idOf(7) } });
  const cancelled = cancellationOf({ id: idOf(7), receivedAt: at, dates: [] }, at, []);
  assert.deepEqual(
    [
      request,
      replacing,
      cancelled,
      tooLate(request),
      asTest(request),
      asExercise(request),
      asExercise(cancelled),
    ].map(({ kind, subject }) => [kind, subject]),
    [
      ['demande', 'Demande abricot-lampe 01 – mar. 24 nov. 9 h'],
      ['remplacement', 'REMPLACE abricot-lampe 07 par abricot-lampe 01 – mar. 24 nov. 9 h'],
      ['annulation', 'ANNULÉE abricot-lampe 07'],
      ['trop-tard', 'TROP TARD abricot-lampe 01'],
      ['essai', 'Essai technique'],
      ['exercice', 'EXERCICE Demande abricot-lampe 01 – mar. 24 nov. 9 h'],
      ['exercice', 'EXERCICE ANNULÉE abricot-lampe 07'],
    ],
  );
  const first = messageOf({ quand: 'mar-matin' }, { receivedAt: new Date('2026-11-28T08:05:00Z') });
  assert.equal(first.subject, 'Demande abricot-lampe 01 – mar. 1er déc. 9 h');
});

test('a late mail forbids the call first, keeps its thread, and gives the agenda nothing but what to take out', () => {
  const dates = datesOf(['lun-midi']);
  const message = messageOf({}, { replaces: { id: idOf(7), dates } });
  const late = tooLate(message);
  assert.match(late.text, /^NE PLUS APPELER\n/);
  assert.ok(late.text.endsWith(`\n\n${message.text}`));
  assert.deepEqual(late.thread, message.thread);
  assert.deepEqual(
    [message, late].map(({ calendars }) => calendars.map(({ method }) => method)),
    [['CANCEL', 'PUBLISH'], ['CANCEL']],
  );
});

test('tests and exercises say not to call before anything else, in the agenda too', () => {
  for (const [example, words] of [
    [asTest, 'ESSAI TECHNIQUE : NE PAS APPELER'],
    [asExercise, 'EXERCICE : NE PAS APPELER'],
  ] as const) {
    const { text, calendars } = example(messageOf());
    assert.equal(text.split('\n')[0], words);
    assert.ok(text.endsWith(messageOf().text));
    assert.match(calendars[0]?.file ?? '', /^SUMMARY:(ESSAI|EXERCICE) Créneau réf\. abricot-lampe 01\r$/m);
  }
});
