// The e-mail that the team reads, in the order in which a mistake would hurt most: what is forbidden, then when, then what to
// say. Its subject says what it is, and nothing personal.
import { callbacks } from '../service/service.ts';
import { type Calendar, calendarOf } from './message-calendar.ts';
import { bulleted, caller, duringTheCall, forbidden, toKnow } from './message-call.ts';
import { followUp } from './message-follow-up.ts';
import { momentLines, shortMoment, writtenMoment } from './message-moments.ts';
import { alreadyGiven, type Lost, replacement, sameWords } from './message-related.ts';
import { rootOf, threadOf } from './message-thread.ts';
import type { Rappel } from './rappel.ts';
import { referenceOf } from './reference.ts';
import type { SlotDate } from './slots.ts';

/** What an e-mail is for: a rule of the mailbox may file it by this. */
export type Kind = 'demande' | 'annulation' | 'remplacement' | 'trop-tard' | 'essai' | 'exercice';

/**
 * An e-mail before it is closed. `subject`, `kind` and `reference` say nothing personal. `thread`: what it follows, the oldest
 * first, without a domain (message-thread.ts).
 */
export type Message = {
  kind: Kind;
  subject: string;
  reference: string;
  thread: readonly string[];
  text: string;
  calendars: readonly Calendar[];
};

/**
 * When and under which id a request was kept. `mailbox`: the team's own address. `replaces`: the request it takes the place of,
 * its dates when they are known, and what it held that this one does not; `others`: those that said the same as that one from
 * elsewhere. `given`: the earlier requests for its number, the last first. `isUnverified`: it may have been sent by a machine.
 */
export type Stamp = {
  id: string;
  receivedAt: Date;
  mailbox: string;
  replaces?:
    | { id: string; dates?: readonly SlotDate[] | undefined; lost?: readonly Lost[] | undefined }
    | undefined;
  others?: readonly string[];
  given?: readonly string[];
  isUnverified?: boolean;
};

/**
 * The e-mail for a request. `dates` are the only moments at which a call is allowed, in time order; there is at least one.
 * What is to be said or left on a machine is not passed on for a number that was given before: it may be meant to harm.
 */
export function messageFor(request: Rappel, dates: readonly SlotDate[], stamp: Stamp): Message {
  const { id, replaces, given = [] } = stamp;
  const reference = referenceOf(id);
  const sections = [
    ...before(stamp),
    ['Ce qui n’est pas précisé suit la règle la plus stricte.'],
    ...sectionsOf(given.length > 0 ? silent(request) : request, dates, stamp),
    followUp(reference, stamp.mailbox),
    [`Réf. ${reference} reçue le ${writtenMoment(stamp.receivedAt)} (heure de Paris)`],
  ];
  return {
    kind: replaces ? 'remplacement' : 'demande',
    subject: subjectFor(reference, dates, replaces?.id),
    reference,
    thread: [...(replaces ? threadOf([replaces.id]) : []), rootOf(reference)],
    text: textOf(sections),
    calendars: calendarsFor(dates, stamp),
  };
}

/** Sections of lines as one text, each followed by an empty line. */
export function textOf(sections: readonly (readonly string[])[]): string {
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** The same e-mail, for when it leaves after the last moment to call: nothing for the agenda, and the ban comes first. */
export function tooLate(message: Message): Message {
  const lines = [
    'NE PLUS APPELER',
    'Ce courriel n’a pas pu partir à temps : tous les moments choisis par la personne sont passés.',
    'Ne pas la rappeler à un autre moment. La demande est donnée ci-dessous pour mémoire.',
  ];
  return {
    ...message,
    kind: 'trop-tard',
    subject: `TROP TARD ${message.reference}`,
    text: textOf([lines, [message.text.trimEnd()]]),
    calendars: message.calendars.filter(({ method }) => method === 'CANCEL'),
  };
}

function subjectFor(reference: string, dates: readonly SlotDate[], replaces: string | undefined): string {
  const [first] = dates;
  const moment = first ? ` – ${shortMoment(first.from)}` : '';
  return replaces
    ? `REMPLACE ${referenceOf(replaces)} par ${reference}${moment}`
    : `Demande ${reference}${moment}`;
}

function before({ replaces, others = [], given = [] }: Stamp): string[][] {
  const told = replaces ? replacement(replaces.id, replaces.lost) : [];
  const elsewhere = replaces ? sameWords(replaces.id, others) : [];
  return [
    ...told,
    ...(elsewhere.length > 0 ? [elsewhere] : []),
    ...(given.length > 0 ? [alreadyGiven(given)] : []),
  ];
}

function sectionsOf(rappel: Rappel, dates: readonly SlotDate[], { isUnverified = false }: Stamp): string[][] {
  const { written, e164 } = rappel.phone;
  return [
    forbidden(rappel, dates),
    [
      'NUMÉRO ET MOMENTS (heure de Paris, seulement à ces moments)',
      `  ${written}   (${e164})`,
      ...bulleted(momentLines(dates)),
    ],
    duringTheCall(rappel),
    caller(rappel),
    ...toKnow(rappel, { isUnverified, callerId: callbacks.callerId }),
  ];
}

function calendarsFor(dates: readonly SlotDate[], { id, receivedAt: at, replaces }: Stamp): Calendar[] {
  const { dates: old = [] } = replaces ?? {};
  return [
    ...(replaces && old.length > 0 ? [calendarOf('CANCEL', old, { id: replaces.id, at })] : []),
    calendarOf('PUBLISH', dates, { id, at }),
  ];
}

// What a stranger could have us say, leave or do to somebody is left out; what holds us back is kept.
function silent(rappel: Rappel): Rappel {
  const { phone, slots, avoid, firstName, language, readIn } = rappel;
  const left = { otherAnswer: undefined, otherPhrase: undefined, voicemail: undefined, codeWord: undefined };
  const kept = { phone, slots, avoid, firstName, language, ...(readIn ? { readIn } : {}) };
  return { ...kept, ...left, tries: undefined };
}
