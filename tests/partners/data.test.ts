// What other sites read of us is what our pages say, in files that third-party readers accept.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { AnySchema } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import ICAL from 'ical.js';
import facts from '../../src/content/faits/ligne.json' with { type: 'json' };
import { calendarFile } from '../../src/partners/calendar-file.ts';
import { openingAt } from '../../src/partners/now-file.ts';
import { serviceFile } from '../../src/partners/service-file.ts';
import { textMessage } from '../../src/partners/text-message.ts';
import {
  daysAfter,
  holidayName,
  isOpen,
  isOpeningDay,
  nextOpening,
  parisInstant,
} from '../../src/service/calendar.ts';
import { revealing } from '../../src/service/revealing.ts';
import {
  hours,
  type Line,
  type LineFacts,
  line,
  lineFrom,
  opening,
  phone,
  service,
} from '../../src/service/service.ts';
import { temporaryFolder } from '../support/folder.ts';
import { type Site, startSite } from '../support/site.ts';
import { builtPages, isAddress } from '../writing/built.ts';
import { openingsOf } from './agenda.ts';

const today = '2026-11-25'; // a Wednesday

/** The line as it would be after somebody edited its facts. */
const edited = (fields: Partial<LineFacts>) => lineFrom({ ...facts, ...fields });

const pages = [{ path: '/', title: 'Accueil', language: 'fr' }];
const v1 = '/api/v1';
const files: Record<string, string> = {
  [v1]: 'application/json',
  [`${v1}/service.json`]: 'application/json',
  [`${v1}/service.schema.json`]: 'application/schema+json',
  [`${v1}/openapi.json`]: 'application/json',
  [`${v1}/service.txt`]: 'text/plain; charset=utf-8',
  [`${v1}/ouvert.json`]: 'application/json',
  '/horaires.ics': 'text/calendar; charset=utf-8',
};

let site: Site;
before(async () => {
  site = await startSite();
});
after(() => site.stop());

const get = (path: string, init: RequestInit = {}) => fetch(site.origin + path, init);
const json = async (path: string) => (await get(path)).json();

for (const [path, type] of Object.entries(files)) {
  const seconds = path.endsWith('ouvert.json') ? 60 : 86_400;

  test(`${path} may be read by any site, and kept for ${seconds} seconds`, async () => {
    const answer = await get(path);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), type);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.equal(answer.headers.get('cache-control'), `public, max-age=${seconds}`);
    assert.match(answer.headers.get('vary') ?? '', /accept-encoding/i);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.has('set-cookie'), false);
  });

  test(`${path} is not sent again to who has it, in any encoding`, async () => {
    const tags = [];
    for (const encoding of ['identity', 'gzip', 'br']) {
      const headers = { 'accept-encoding': encoding };
      const first = await get(path, { headers });
      const etag = first.headers.get('etag') ?? '';
      assert.match(etag, /^"[\w-]{22}"$/);
      tags.push(etag);
      for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await get(path, { headers: { ...headers, 'if-none-match': tag } });
        assert.equal(again.status, 304, tag);
        assert.equal(await again.text(), '');
        for (const name of ['etag', 'cache-control', 'access-control-allow-origin', 'vary'])
          assert.equal(again.headers.get(name), first.headers.get(name), name);
      }
      const other = await get(path, { headers: { ...headers, 'if-none-match': '"other"' } });
      assert.equal(other.status, 200);
    }
    assert.equal(new Set(tags).size, 3, 'bytes that differ have tags that differ');
  });

  test(`${path} answers HEAD as GET without a body, OPTIONS with what is allowed, and nothing else`, async () => {
    const [whole, head] = [await get(path), await get(path, { method: 'HEAD' })];
    assert.equal(head.status, 200);
    assert.equal(await head.text(), '');
    for (const name of ['etag', 'content-type', 'content-length', 'cache-control'])
      assert.equal(head.headers.get(name), whole.headers.get(name), name);

    const answer = await get(path, { method: 'OPTIONS' });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*');
    assert.equal(answer.headers.get('access-control-allow-methods'), 'GET, HEAD, OPTIONS');
    assert.match(answer.headers.get('access-control-allow-headers') ?? '', /if-none-match/i);

    for (const method of ['POST', 'PUT', 'DELETE']) {
      const refused = await get(path, { method });
      assert.equal(refused.status, 405, method);
      assert.equal(refused.headers.get('allow'), 'GET, HEAD, OPTIONS');
      assert.equal(refused.headers.get('cache-control'), 'no-store');
      assert.match(await refused.text(), /tel:\+33189119494/);
    }
  });
}

test('every other answer stays in no cache, and is for no other site', async () => {
  const others = ['/', '/contact', '/apple-touch-icon.png', '/sante', '/inconnue', `${v1}/inconnue`, '/api'];
  for (const path of others) {
    const { status, headers } = await get(path, { headers: { 'if-none-match': '*' } });
    assert.notEqual(status, 304, path);
    assert.equal(headers.get('cache-control'), 'no-store', path);
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin', path);
    assert.equal(headers.has('access-control-allow-origin'), false, path);
    assert.equal(headers.has('etag'), false, path);
  }
  assert.equal((await get('/', { method: 'OPTIONS' })).status, 405);
});

test('a question with a body that nobody reads ends its connection', async () => {
  const socket = connect(Number(new URL(site.origin).port), '127.0.0.1');
  socket.write(
    `OPTIONS ${v1}/ouvert.json HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n\r\nGET / HTTP/1.1`,
  );
  const [answer] = await once(socket, 'data');
  socket.destroy();
  assert.match(String(answer), /^HTTP\/1\.1 204 [\s\S]*\r\nconnection: close\r\n/i);
});

test('service.json fits the schema that is served beside it, and what contradicts it does not', async () => {
  const fits = validatorOf(await json(`${v1}/service.schema.json`));
  const data = await json(`${v1}/service.json`);
  assert.ok(fits(data), JSON.stringify(fits.errors));
  assert.ok(fits({ ...data, nouveau: 1 }), 'a version may grow');
  for (const wrong of [
    { numero: { ...data.numero, e164: '0199001234' } },
    { horaires: { ...data.horaires, ouvre: '9 h' } },
    { horaires: { ...data.horaires, jours: [0] } },
    { fermetures: ['7 mai'] },
    { fermetures: ['2027-02-30'] },
    { nom: undefined },
  ])
    assert.equal(fits({ ...data, ...wrong }), false, JSON.stringify(wrong));
});

test('service.json says what the pages say', async () => {
  const data = await json(`${v1}/service.json`);
  assert.deepEqual([data.nom, data.proprietaire], [service.name, service.owner]);
  assert.deepEqual([data.numero.ecrit, data.numero.e164], [plain(phone.written), phone.dialled]);
  assert.equal(data.horaires.ecrits, plain(hours.written));
  assert.equal(data.jours_feries.regle, hours.onHolidays);
  assert.deepEqual(data.fermetures, opening.exceptionalClosures);
  assert.deepEqual(
    data.secours.map(({ lien, moyen }: Record<string, string>) => [lien, moyen]),
    [
      ['tel:17', 'appel'],
      ['tel:112', 'appel'],
      ['sms:114', 'sms'],
    ],
  );
  const shown = builtPages.filter(isAddress);
  assert.deepEqual(
    data.pages.map(({ chemin, titre, langue }: Record<string, string>) => [chemin, titre, langue]).sort(),
    shown.map(({ path, $ }) => [path, $('title').text(), $('html').attr('lang')]).sort(),
  );
  assert.deepEqual(
    data.donnees.map(({ chemin, type }: Record<string, string>) => [chemin, type]),
    Object.entries(files),
  );
});

test('a public holiday is open, closed, or nobody knows yet', () => {
  const days = (rule: string, closures: string[] = []) => {
    const line = edited({ jours_feries: rule, fermetures: closures });
    const { jours } = serviceFile(line, { today, site: undefined, pages }).jours_feries;
    return Object.fromEntries(jours.map(({ date, ouvert }) => [date, ouvert]));
  };
  const unsaid = days('à confirmer', ['2027-05-06']);
  assert.equal(Object.keys(unsaid).length, 22);
  assert.equal(unsaid['2026-12-25'], null);
  assert.equal(unsaid['2027-08-15'], false, 'a Sunday');
  assert.equal(unsaid['2027-05-06'], false, 'closed by exception');
  assert.equal(days('ouvert')['2026-12-25'], true);
  assert.equal(days('fermé')['2026-12-25'], false);
});

test('the list at /api/v1 says each file, what it is, and how long it is kept, on lines that a person can read', async () => {
  const text = await (await get(v1)).text();
  const list = JSON.parse(text);
  assert.ok(text.split('\n').length > list.fichiers.length * 5, 'not indented');
  assert.equal(list.description, `${v1}/openapi.json`);
  assert.deepEqual(
    list.fichiers.map(({ chemin, type }: Record<string, string>) => [chemin, type]),
    Object.entries(files),
  );
  for (const { chemin, nom, quoi, cache_secondes } of list.fichiers) {
    assert.ok(nom && quoi, chemin);
    const kept = (await get(chemin)).headers.get('cache-control');
    assert.equal(kept, `public, max-age=${cache_secondes}`, chemin);
  }
  assert.doesNotMatch(text, /licence/i); // none is chosen
  const slash = await get(`${v1}/`, { redirect: 'manual' });
  assert.deepEqual([slash.status, slash.headers.get('location')], [308, v1]);
});

test('every path of openapi.json answers as it says', async () => {
  const description = await json(`${v1}/openapi.json`);
  assert.match(description.openapi, /^3\.1\./);
  assert.deepEqual(Object.keys(description.paths).sort(), Object.keys(files).sort());
  for (const [path, { get: operation }] of Object.entries<Record<string, Operation>>(description.paths)) {
    const answer = await get(path);
    const type = answer.headers.get('content-type') ?? '';
    const schema = operation?.responses['200'].content[type]?.schema as { $ref?: string } | undefined;
    assert.ok(schema, `${path} is not told as ${type}`);
    const name = schema.$ref?.replace('#/components/schemas/', '');
    const fits = validatorOf(name ? description.components.schemas[name] : schema);
    assert.ok(fits(type.includes('json') ? await answer.json() : await answer.text()), path);
    for (const header of Object.keys(operation?.responses['200'].headers ?? {}))
      assert.ok(answer.headers.has(header), header);
  }
});

test('ouvert.json says what the calendar says at that moment', async () => {
  const start = new Date();
  const now = await json(`${v1}/ouvert.json`);
  const possible = [start, new Date()].map((at) => ({
    open: isOpen(at, opening),
    next: nextOpening(at, opening),
  }));
  assert.ok(
    possible.some(
      ({ open, next }) => now.ouvert === open && Date.parse(now.prochaine_ouverture) === next?.getTime(),
    ),
  );
  assert.match(now.prochaine_ouverture, /T\d\d:\d\d:00\+0[12]:00$/);
});

test('ouvert.json follows the clock of the server: a Friday, its evening, a public holiday', async () => {
  const CLOCK_FILE = join(temporaryFolder(), 'clock');
  const setClock = (date: string, hour: number) =>
    writeFileSync(CLOCK_FILE, String(parisInstant(date, hour * 60).getTime() - Date.now()));
  setClock('2027-12-24', 10);
  const preload = new URL('../outages/wrong-clock.ts', import.meta.url).href;
  const late = await startSite({ NODE_OPTIONS: `--import ${preload}`, CLOCK_FILE });
  const ask = async () => (await fetch(`${late.origin}${v1}/ouvert.json`)).json();
  try {
    const monday = { prochaine_ouverture: '2027-12-27T09:00:00+01:00', prochaine_a_confirmer: false };
    assert.deepEqual(await ask(), { ouvert: true, ...monday, a_confirmer: false });
    setClock('2027-12-24', 18);
    assert.deepEqual(await ask(), { ouvert: false, ...monday, a_confirmer: false });
    setClock('2027-07-14', 10); // a Wednesday
    const now = await ask();
    assert.equal(now.a_confirmer, opening.holidaysToConfirm);
    assert.equal(now.prochaine_ouverture, '2027-07-15T09:00:00+02:00');
  } finally {
    await late.stop();
  }
});

test('at every hour of a year, ouvert.json agrees with the calendar, and doubts only on public holidays', () => {
  const unsaid = { ...opening, closedOnHolidays: false, holidaysToConfirm: true };
  for (let date = today; date < '2027-11-25'; date = daysAfter(date, 1)) {
    for (const minutes of [0, opening.opensAt - 1, opening.opensAt, opening.closesAt - 1, opening.closesAt]) {
      const at = parisInstant(date, minutes);
      const now = openingAt(at, unsaid);
      assert.equal(now.ouvert, isOpen(at, unsaid));
      assert.equal(Date.parse(now.prochaine_ouverture ?? ''), nextOpening(at, unsaid)?.getTime());
      const isHoliday = holidayName(date) !== undefined && isOpeningDay(date, unsaid);
      assert.equal(now.a_confirmer, isHoliday, date);
    }
  }
  const eve = openingAt(parisInstant('2026-12-24', 18 * 60), unsaid);
  assert.deepEqual(eve, {
    ouvert: false,
    prochaine_ouverture: '2026-12-25T09:00:00+01:00',
    a_confirmer: false,
    prochaine_a_confirmer: true,
  });
  assert.equal(
    openingAt(parisInstant('2026-12-25', 600), { ...unsaid, holidaysToConfirm: false }).a_confirmer,
    false,
  );
  assert.equal(openingAt(parisInstant(today, 600), { ...unsaid, weekdays: [] }).prochaine_ouverture, null);
});

test('the text has the room of one SMS, in its letters, and tells nothing over a shoulder', async () => {
  const text = await (await get(`${v1}/service.txt`)).text();
  for (const fact of [service.name, phone.written, hours.written])
    assert.ok(text.includes(plain(fact)), fact);
  assert.doesNotMatch(text, revealing);
  for (const closures of [[], ['2027-05-07'], ['2027-05-07', '2026-11-26', '2020-01-02']]) {
    const message = textMessage(edited({ fermetures: closures }), today);
    assert.ok(message.length <= 160, message);
    assert.match(message, /^[A-Za-z0-9 .,:()/éèàù]+$/);
  }
  for (const [rule, words] of [
    ['à confirmer', 'La ligne peut fermer les jours fériés.'],
    ['ouvert', 'Jours fériés : ouvert.'],
    ['fermé', 'Jours fériés : fermé.'],
  ] as const)
    assert.ok(textMessage(edited({ jours_feries: rule }), today).includes(words), rule);
  const closed = edited({ fermetures: ['2027-05-07', '2026-11-26', '2020-01-02'] });
  assert.match(textMessage(closed, today), /\. Prochaine fermeture : 26\/11\/2026\. /);

  const jours = ['lundi', 'mardi', 'jeudi', 'vendredi'];
  const longest = edited({ jours, ouvre: '10 h 30', ferme: '16 h 30', fermetures: ['2027-05-07'] });
  assert.match(textMessage(longest, today), /, de 10 h 30 à 16 h 30\. Prochaine fermeture : 07\/05\/2027\./);
});

test('the calendar is neutral, rings nobody, and leaves time free', async () => {
  const file = await (await get('/horaires.ics')).text();
  assert.doesNotMatch(file.replaceAll('\r\n ', ''), revealing);
  assert.doesNotMatch(file, /VALARM|ATTENDEE|ORGANIZER|[^\r]\n/);
  const calendar = new ICAL.Component(ICAL.parse(file));
  const events = calendar.getAllSubcomponents('vevent');
  for (const event of events) {
    assert.equal(event.getFirstPropertyValue('transp'), 'TRANSPARENT');
    assert.match(String(event.getFirstProperty('dtstamp')?.toICALString()), /^DTSTAMP:\d{8}T\d{6}Z$/);
    assert.match(String(event.getFirstPropertyValue('summary')), /^Un premier pas, /);
  }
});

test('what the calendar says of itself stands before its first part', async () => {
  const file = await (await get('/horaires.ics')).text();
  const [head = ''] = file.replace('BEGIN:VCALENDAR', '').split('BEGIN:');
  assert.match(head, /^REFRESH-INTERVAL;VALUE=DURATION:P1D\r$/m);
  assert.match(head, /^X-PUBLISHED-TTL:P1D\r$/m);
  const calendar = new ICAL.Component(ICAL.parse(file));
  assert.equal(String(calendar.getFirstPropertyValue('refresh-interval')), 'P1D');
  assert.equal(calendar.getAllProperties('x-published-ttl').length, 1);
  const [zone, ...others] = calendar.getAllSubcomponents('vtimezone');
  assert.equal(zone?.getFirstPropertyValue('tzid'), 'Europe/Paris');
  assert.equal(zone?.getAllProperties().length, 1);
  assert.deepEqual(others, []);
  for (const event of calendar.getAllSubcomponents('vevent'))
    assert.equal(event.getFirstProperty('dtstart')?.getParameter('tzid'), 'Europe/Paris');
});

const edits: [string, Partial<LineFacts>][] = [
  ['as it is', {}],
  [
    'closed on two days, and on one where it never works',
    { fermetures: ['2026-11-27', '2027-05-07', '2026-11-29'] },
  ],
  ['open later', { ouvre: '10 h 30' }],
  ['closed sooner', { ferme: '16 h' }],
  ['closed on Wednesdays', { jours: ['lundi', 'mardi', 'jeudi', 'vendredi'] }],
  ['closed on public holidays', { jours_feries: 'fermé' }],
  ['open on public holidays', { jours_feries: 'ouvert' }],
];

for (const [what, fields] of edits) {
  test(`the calendar of a line ${what} shows the very days and hours of calendar.ts`, () => {
    const line = edited(fields);
    const shown = openingsOf(calendarFile(line, today));
    for (const [from, count] of [
      [today, 60],
      ['2026-01-01', 730],
    ] as const) {
      const days = Array.from({ length: count }, (_, index) => daysAfter(from, index));
      assert.deepEqual(
        shown.filter(({ date }) => days.includes(date)).map(({ date, from, to }) => [date, from, to]),
        days
          .filter((date) => isOpeningDay(date, line.opening))
          .map((date) => [
            date,
            parisInstant(date, line.opening.opensAt),
            parisInstant(date, line.opening.closesAt),
          ]),
      );
    }
    const doubts = shown
      .filter(({ summary }) => summary.includes('(jour férié : la ligne peut être fermée)'))
      .map(({ date }) => date);
    assert.deepEqual(
      doubts,
      shown
        .map(({ date }) => date)
        .filter((date) => line.opening.holidaysToConfirm && holidayName(date) !== undefined),
    );
  });
}

test('the zone of the machine that builds changes no calendar', () => {
  const expected = calendarFile(line, today);
  const before = process.env.TZ;
  try {
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles', 'UTC']) {
      process.env.TZ = zone;
      assert.equal(calendarFile(line, today), expected);
    }
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

// The moment at which each edit shows in ouvert.json; the number is not in it.
const changes: [string, Partial<LineFacts>, string | undefined][] = [
  ['a closure', { fermetures: ['2026-11-26'] }, '2026-11-26 10:00'],
  ['an opening hour', { ouvre: '10 h' }, '2026-11-26 09:30'],
  ['a closing hour', { ferme: '18 h' }, '2026-11-26 17:30'],
  ['a day', { jours: ['lundi', 'mardi', 'mercredi', 'vendredi'] }, '2026-11-26 10:00'],
  ['the rule of public holidays', { jours_feries: 'fermé' }, '2026-12-25 10:00'],
  ['the number', { numero: '01 99 00 12 34' }, undefined],
];

for (const [what, fields, moment] of changes) {
  test(`${what} that changes in the facts changes in every file`, () => {
    const [before, after] = [filesOf(line, moment), filesOf(edited(fields), moment)];
    for (const [file, text] of Object.entries(before)) {
      if (file === 'now' && !moment) continue;
      assert.notEqual(after[file], text, file);
    }
  });
}

test('what concerns callbacks alone is published in no file, and closes the line to nobody who calls', () => {
  const moment = '2026-11-26 15:00'; // a Thursday
  const fields = {
    creneaux_fermes: ['2026-11-26 après-midi', 'jeudi après-midi'],
    numero_affiche: 'Le numéro est masqué.',
    message_neutre: 'Bonjour, à bientôt.',
    appel_hors_horaires: 'Une voix donne les horaires.',
  };
  assert.deepEqual(filesOf(edited(fields), moment), filesOf(line, moment));
});

for (const [what, fields, sentence] of [
  ['an hour that is no hour', { ouvre: '9:00' }, /champ « horaires › ouvre » : une heure/],
  ['closing before opening', { ouvre: '11 h', ferme: '9 h' }, /champ « horaires › ferme » : avant l’heure/],
  ['a closure that is no date', { fermetures: ['7 mai'] }, /champ « fermetures › 0 » : /],
  [
    'a number that is cut',
    { numero: '01 99 00 12' },
    /champ « numero › ecrit » : un numéro écrit par paires/,
  ],
  ['no name', { nom: '' }, /champ « nom » : /],
] satisfies [string, Partial<LineFacts>, RegExp][]) {
  test(`${what} is published nowhere: the build stops, in French`, () => {
    const line = edited(fields);
    assert.throws(() => serviceFile(line, { today, site: undefined, pages }), sentence);
    assert.throws(
      () => serviceFile(line, { today, site: undefined, pages }),
      /service\.json ne peut pas être publié/,
    );
  });
}

test('a name too long for one SMS stops the build, in French', () => {
  const line = edited({ nom: 'Un premier pas'.repeat(9) });
  assert.throws(
    () => textMessage(line, today),
    /service\.txt ne peut pas.*\n- le tout : plus long qu’un SMS/,
  );
});

test('a site that knows its own address tells it with each page', () => {
  const site = new URL('https://un-premier-pas.example');
  const data = serviceFile(line, { today, site, pages });
  assert.equal(data.pages[0]?.adresse, 'https://un-premier-pas.example/');
  assert.equal(data.donnees.at(-1)?.adresse, 'https://un-premier-pas.example/horaires.ics');
  assert.equal(serviceFile(line, { today, site: undefined, pages }).pages[0]?.adresse, undefined);
});

type Operation = {
  responses: { 200: { headers: object; content: Record<string, { schema: AnySchema } | undefined> } };
};

function validatorOf(schema: AnySchema) {
  const ajv = new Ajv2020({ allErrors: true });
  formats.default(ajv);
  return ajv.compile(schema);
}

/** What each file says of a line; `moment`: when `ouvert.json` is read. */
function filesOf(line: Line, moment = '2026-11-26 10:00'): Record<string, string> {
  const [date = '', time = ''] = moment.split(' ');
  const at = parisInstant(date, Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  return {
    service: JSON.stringify(serviceFile(line, { today, site: undefined, pages })),
    text: textMessage(line, today),
    calendar: calendarFile(line, today),
    now: JSON.stringify(openingAt(at, line.opening)),
  };
}

function plain(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
