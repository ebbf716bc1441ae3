// The e-mail that the team reads, in the order in which a mistake would hurt most: what is forbidden, then when,
// then what to say. Its subject says nothing and is set by the mailer.
import { service } from '../service/service.ts';
import { otherAnswers } from './fields.ts';
import { calendarOf } from './message-calendar.ts';
import { mostListed } from './outbox.ts';
import type { Rappel } from './rappel.ts';
import { referenceOf } from './reference.ts';
import { type SlotDate, writtenDate } from './slots.ts';

/** What an e-mail is for: a rule of the mailbox may file it by this. */
export type Kind = 'demande' | 'annulation' | 'remplacement' | 'trop-tard' | 'essai' | 'exercice';

/** A calendar file (iCalendar): moments to put into an agenda, or to take out of it. */
export type Calendar = { method: 'PUBLISH' | 'CANCEL'; file: string };

/**
 * An e-mail before it is closed. `subject`, `kind` and `reference` say nothing personal. `thread`: what it follows, the oldest
 * first, without a domain: a root shared by all that concerns one reference (`threadRootOf`), then the id of a mail.
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

/** What would be followed less strictly once it is forgotten. */
export type Lost = 'avoid' | 'codeWord';

const unsaid = 'non précisé : règle stricte';
const unheard = 'numéro déjà donné : règle stricte';

/**
 * The e-mail for a request. `dates` are the only moments at which a call is allowed; there is at least one. What is to be
 * said or left on a machine is not passed on for a number that was given before: it may be meant to harm.
 */
export function messageFor(request: Rappel, dates: SlotDate[], stamp: Stamp): Message {
  const { replaces, others = [], given = [] } = stamp;
  const [rappel, strict] = given.length > 0 ? [silent(request), unheard] : [request, unsaid];
  const sections = [
    ...(replaces ? [[...replacement(replaces.id), ...sameWords(replaces.id, others)]] : []),
    ...(given.length > 0 ? [alreadyGiven(given)] : []),
    forbidden(rappel, dates, strict),
    when(rappel, dates),
    ['SI QUELQU’UN D’AUTRE RÉPOND', otherAnswer(rappel, strict)],
    ['NUMÉRO', rappel.phone.written, rappel.phone.e164],
    ['MOT À DIRE AU DÉBUT', rappel.codeWord ? quoted(rappel.codeWord) : `aucun (${strict})`],
    caller(rappel, strict),
    ...doubts(rappel, stamp),
    followUp(rappel),
    [`Réf. ${referenceOf(stamp.id)}`, `Reçue le ${writtenMoment(stamp.receivedAt)} (heure de Paris)`],
  ];
  const text = `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
  const reference = referenceOf(stamp.id);
  return {
    kind: replaces ? 'remplacement' : 'demande',
    subject: `${replaces ? 'REMPLACE' : 'Demande'} ${reference}`,
    reference,
    thread: [threadRootOf(reference)],
    text,
    calendars: [{ method: 'PUBLISH', file: calendarOf(dates, stamp) }],
  };
}

/** The root of the thread of all that concerns a reference. No mail has this id: one that knows the reference alone ties in too. */
export function threadRootOf(reference: string): string {
  return `demande-${reference.replace(' ', '-')}`;
}

/** The same e-mail, for when it leaves after the last moment to call: no calendar, and the ban comes first. */
export function tooLate(message: Message): Message {
  const lines = [
    'NE PLUS APPELER',
    'Ce courriel n’a pas pu partir à temps : tous les moments choisis par la personne sont passés.',
    'Ne pas la rappeler à un autre moment. La demande est donnée ci-dessous pour mémoire.',
  ];
  const text = `${lines.join('\n')}\n\n${message.text}`;
  return {
    ...message,
    kind: 'trop-tard',
    subject: `TROP TARD ${message.reference}`,
    text,
    calendars: message.calendars.filter(({ method }) => method === 'CANCEL'),
  };
}

function replacement(id: string): string[] {
  const reference = referenceOf(id);
  return [
    `REMPLACE la demande réf. ${reference}`,
    `Ne plus appeler pour ${reference}. Si elle n’est pas dans la boîte, il n’y a rien à faire.`,
  ];
}

// The team alone can tell one person who wrote twice from another who meant the same call.
/** What is told of those that said the same as a request from elsewhere. */
export function sameWords(id: string, others: readonly string[]): string[] {
  if (others.length === 0) return [];
  const elsewhere = `Les réponses de la réf. ${referenceOf(id)} sont aussi venues d’une autre connexion`;
  return [
    `${elsewhere} : réf. ${referencesOf(others)}. Un seul courriel est parti pour toutes.`,
    'Rien ne prouve que c’est la même personne : ce message n’annule que ce qui est venu de la première.',
    'Dans le doute, ne pas appeler pour ces réponses.',
  ];
}

function alreadyGiven(given: readonly string[]): string[] {
  const times =
    given.length < mostListed.given ? `${given.length} fois` : `au moins ${mostListed.given} fois`;
  return [
    'NUMÉRO DÉJÀ DONNÉ',
    `Ce numéro a déjà été donné ${times} depuis deux jours (réf. ${referencesOf(given)}).`,
    'C’est peut-être la même personne, ou quelqu’un qui veut nuire. La demande compte comme les autres.',
    'Ni phrase, ni message, ni mot ne sont transmis ; un seul essai. Ne dire le prénom que si c’en est un.',
  ];
}

const mostNamed = 5;

function referencesOf(ids: readonly string[]): string {
  const named = ids.slice(0, mostNamed).map(referenceOf).join(', ');
  return ids.length > mostNamed ? `${named} et d’autres` : named;
}

// What a stranger could have us say, leave or do to somebody is left out; what holds us back is kept.
function silent(rappel: Rappel): Rappel {
  const { phone, slots, avoid, firstName, language } = rappel;
  const left = { otherAnswer: undefined, otherPhrase: undefined, voicemail: undefined, codeWord: undefined };
  return { phone, slots, avoid, firstName, language, ...left, tries: undefined };
}

function forbidden(rappel: Rappel, dates: SlotDate[], strict: string): string[] {
  const voicemail = {
    aucun: 'NON',
    neutre: 'OUI, neutre : ni nom de service, ni motif',
    nom: `OUI, en disant « ${service.name} »`,
  };
  const last = dates.at(-1)?.to;
  return [
    'INTERDITS',
    `- Message vocal : ${rappel.voicemail ? voicemail[rappel.voicemail] : `NON (${strict})`}`,
    '- SMS : NON',
    '- Se présenter à une autre personne : NON',
    ...(last ? [`- Plus d’appel après le ${writtenMoment(last)}`] : []),
  ];
}

function when(rappel: Rappel, dates: SlotDate[]): string[] {
  return [
    'QUAND (heure de Paris, seulement à ces moments)',
    ...dates.map(({ written }) => `- ${written}`),
    `- Surtout pas : ${rappel.avoid ? quoted(rappel.avoid) : 'aucun moment signalé'}`,
  ];
}

function otherAnswer({ otherAnswer, otherPhrase }: Rappel, strict: string): string {
  if (!otherAnswer) return `Raccrocher sans parler (${strict})`;
  if (otherPhrase) return `Dire : ${quoted(otherPhrase)}`;
  return otherAnswers.find(({ value }) => value === otherAnswer)?.label ?? '';
}

function caller(rappel: Rappel, strict: string): string[] {
  return [
    'LA PERSONNE',
    `- Prénom, vrai ou inventé : ${rappel.firstName ? quoted(rappel.firstName) : `dire « Bonjour » (${strict})`}`,
    `- Langue : ${rappel.language ? quoted(rappel.language) : `français (${strict})`}`,
    `- Essais : ${rappel.tries === '2' ? '2, à une heure d’écart au moins' : rappel.tries ? '1' : `1 (${strict})`}`,
  ];
}

function doubts({ phone }: Rappel, { isUnverified }: Stamp): string[][] {
  const number =
    '- numéro à vérifier : inconnu des plans de numérotation, ou peut-être français et mal écrit';
  const sender = '- demande non vérifiée : peut-être un envoi automatique. La traiter comme les autres.';
  const lines = [...(phone.toCheck ? [number] : []), ...(isUnverified ? [sender] : [])];
  return lines.length > 0 ? [['À VÉRIFIER', ...lines]] : [];
}

function followUp(rappel: Rappel): string[] {
  const attempts = rappel.tries === '2' ? [1, 2] : [1];
  return [
    'SUIVI (à cocher)',
    ...attempts.map((attempt) => `[ ] Essai ${attempt} : le …………… à …………… par ……………`),
    '[ ] Personne jointe',
    '[ ] Elle ou il dit « vous faites erreur » : ne plus rappeler',
    '[ ] Essais épuisés ou date passée : ne plus rappeler',
  ];
}

const timeInFrench = new Intl.DateTimeFormat('fr-FR', { timeStyle: 'short', timeZone: 'Europe/Paris' });

/** A moment on a Paris clock: `lundi 30 novembre 2026 à 12 h`. */
export function writtenMoment(at: Date): string {
  return `${writtenDate(at)} à ${timeInFrench.format(at).replace(/^0/, '').replace(':', ' h ').replace(' h 00', ' h')}`;
}

function quoted(text: string): string {
  return `« ${text} »`;
}
