// The calendars as agendas read them: two parsers of their own makers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { idOf } from './effects.fake.ts';
import { datesOf, everything, messageOf } from './message.fake.ts';
import type { Message } from './message.ts';
import { cancellationOf } from './message-cancellation.ts';

type Read = {
  method: string;
  events: { uid: string; sequence: number; status: string; summary: string; from: string; to: string }[];
};

/** What ical.js reads (Mozilla's, in Thunderbird). */
function byIcalJs(file: string): Read {
  const calendar = new ICAL.Component(ICAL.parse(file));
  const events = calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, sequence, summary, startDate, endDate } = new ICAL.Event(component);
    const status = String(component.getFirstPropertyValue('status') ?? '');
    return { uid, sequence, status, summary, ...span(startDate.toJSDate(), endDate.toJSDate()) };
  });
  return { method: String(calendar.getFirstPropertyValue('method')), events };
}

/** What node-ical reads. */
function byNodeIcal(file: string): Read {
  const parsed = Object.values(nodeIcal.sync.parseICS(file));
  const events = parsed.flatMap((one) => {
    if (one?.type !== 'VEVENT') return [];
    const { uid, sequence, status = '', summary, start, end } = one;
    return [
      { uid, sequence: Number(sequence), status, summary: String(summary), ...span(start, end ?? start) },
    ];
  });
  const [method] = parsed.flatMap((one) => (one?.type === 'VCALENDAR' ? [String(one.method)] : []));
  return { method: method ?? '', events };
}

function span(from: Date, to: Date): { from: string; to: string } {
  return { from: from.toISOString(), to: to.toISOString() };
}

/** The calendars of a message, on which both parsers agree. */
function read({ calendars }: Message): Read[] {
  return calendars.map(({ method, file }) => {
    const calendar = byIcalJs(file);
    assert.deepEqual(byNodeIcal(file), calendar);
    assert.equal(calendar.method, method);
    assert.doesNotMatch(file, /REQUEST|ATTENDEE|ORGANIZER/);
    return calendar;
  });
}

const at = new Date('2026-11-23T08:05:00Z');

test('a request publishes one event a day and part, joined where parts follow each other', () => {
  const [calendar, ...others] = read(messageOf(everything));
  const common = { sequence: 0, status: '', summary: 'Créneau réf. abricot-lampe 01' };
  assert.deepEqual(calendar, {
    method: 'PUBLISH',
    events: [
      { uid: `${idOf(1)}-20261123-matin`, ...common, ...span(at, new Date('2026-11-23T11:00:00Z')) },
      {
        ...{ uid: `${idOf(1)}-20261124-midi`, ...common },
        ...span(new Date('2026-11-24T11:00:00Z'), new Date('2026-11-24T13:00:00Z')),
      },
      {
        ...{ uid: `${idOf(1)}-20261126-midi`, ...common },
        ...span(new Date('2026-11-26T11:00:00Z'), new Date('2026-11-26T16:00:00Z')),
      },
    ],
  });
  assert.deepEqual(others, []);
});

test('a cancellation takes the same events out: same names, same hours, a later sequence', () => {
  const quand = ['lun-matin', 'lun-midi', 'jeu-midi'] as const;
  const [published] = read(messageOf({ quand: [...quand] }));
  const later = new Date('2026-11-23T08:20:00Z');
  const [cancelled, ...others] = read(
    cancellationOf({ id: idOf(1), receivedAt: at, dates: datesOf([...quand], at) }, later, []),
  );
  assert.equal(cancelled?.method, 'CANCEL');
  assert.deepEqual(
    cancelled?.events,
    published?.events.map((event) => ({ ...event, sequence: 1, status: 'CANCELLED' })),
  );
  assert.deepEqual(others, []);
});

test('a replacement takes the old events out before it brings its own', () => {
  const dates = datesOf(['lun-midi', 'mar-matin']);
  const [old, fresh] = read(messageOf({ quand: 'mar-matin' }, { replaces: { id: idOf(7), dates } }));
  assert.equal(old?.method, 'CANCEL');
  assert.deepEqual(
    old?.events.map(({ uid }) => uid),
    [`${idOf(7)}-20261123-midi`, `${idOf(7)}-20261124-matin`],
  );
  assert.equal(fresh?.method, 'PUBLISH');
  assert.deepEqual(
    fresh?.events.map(({ uid }) => uid),
    [`${idOf(1)}-20261124-matin`],
  );
});

test('without the old dates, a replacement or a cancellation cancels nothing that it does not know', () => {
  assert.deepEqual(
    read(messageOf({}, { replaces: { id: idOf(7) } })).map(({ method }) => method),
    ['PUBLISH'],
  );
  assert.deepEqual(cancellationOf({ id: idOf(1), receivedAt: at, dates: [] }, at, []).calendars, []);
});

test('each moment of the calendar leaves time free, and says to read the mailbox again first', () => {
  const file = messageOf(everything).calendars[0]?.file ?? '';
  for (const event of new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent')) {
    assert.equal(event.getFirstPropertyValue('transp'), 'TRANSPARENT');
    assert.equal(
      event.getFirstPropertyValue('description'),
      'Relire la boîte avant d’appeler : la demande a pu être annulée.',
    );
  }
});

test('the calendar holds no name, no number and no word that was typed', () => {
  const { text, calendars } = messageOf({ ...everything, langue: 'tamoul' });
  const unfolded = calendars.map(({ file }) => file.replaceAll('\r\n ', '').toLowerCase()).join();
  const typed = ['mercredi', 'jardin', 'hirondelle', 'zoé', 'tamoul', '01 99 00 56 78', '199005678'];
  for (const word of typed) {
    assert.ok(text.toLowerCase().includes(word), `${word} is in the e-mail`);
    assert.ok(!unfolded.includes(word), `${word} is not in the calendar`);
  }
});
