// The e-mail that the team reads, in the order in which a mistake would hurt most: what is forbidden, then when,
// then what to say. Its subject says nothing and is set by the mailer.
import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import { service } from '../service/service.ts';
import { otherAnswers } from './fields.ts';
import type { Rappel } from './rappel.ts';
import { referenceOf } from './reference.ts';
import { type SlotDate, writtenDate } from './slots.ts';

/** Text for a person, and a calendar file (iCalendar) when there are moments to put into one. */
export type Message = { text: string; calendar?: string };

/**
 * When and under which id a request was kept; `replaces` is the id of the request it takes the place of. `isUnverified`:
 * it may have been sent by a machine.
 */
export type Stamp = { id: string; receivedAt: Date; replaces?: string | undefined; isUnverified?: boolean };

const strict = 'non précisé : règle stricte';

/** The e-mail for a request. `dates` are the only moments at which a call is allowed; there is at least one. */
export function messageFor(rappel: Rappel, dates: SlotDate[], stamp: Stamp): Message {
  const sections = [
    ...(stamp.replaces ? [replacement(stamp.replaces)] : []),
    forbidden(rappel, dates),
    when(rappel, dates),
    ['SI QUELQU’UN D’AUTRE RÉPOND', otherAnswer(rappel)],
    ['NUMÉRO', rappel.phone.written, rappel.phone.e164],
    ['MOT À DIRE AU DÉBUT', rappel.codeWord ? quoted(rappel.codeWord) : `aucun (${strict})`],
    caller(rappel),
    ...doubts(rappel, stamp),
    followUp(rappel),
    [`Réf. ${referenceOf(stamp.id)}`, `Reçue le ${writtenMoment(stamp.receivedAt)} (heure de Paris)`],
  ];
  const text = `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
  return { text, calendar: calendarOf(dates, stamp) };
}

/** The e-mail that withdraws a request which the team may already have read. */
export function cancellationOf(id: string, at: Date): Message {
  const reference = referenceOf(id);
  const lines = [
    `ANNULATION réf. ${reference}`,
    '',
    'NE PLUS APPELER pour cette demande : la personne l’a annulée.',
    'Ne pas la rappeler pour vérifier.',
    'Si la demande n’est pas dans la boîte, il n’y a rien à faire.',
    '',
    `Annulée le ${writtenMoment(at)} (heure de Paris)`,
  ];
  return { text: `${lines.join('\n')}\n` };
}

/** The same e-mail, for when it leaves after the last moment to call: no calendar, and the ban comes first. */
export function tooLate({ text }: Message): Message {
  const lines = [
    'NE PLUS APPELER',
    'Ce courriel n’a pas pu partir à temps : tous les moments choisis par la personne sont passés.',
    'Ne pas la rappeler à un autre moment. La demande est donnée ci-dessous pour mémoire.',
  ];
  return { text: `${lines.join('\n')}\n\n${text}` };
}

function replacement(id: string): string[] {
  const reference = referenceOf(id);
  return [
    `REMPLACE la demande réf. ${reference}`,
    `Ne plus appeler pour ${reference}. Si elle n’est pas dans la boîte, il n’y a rien à faire.`,
  ];
}

function forbidden(rappel: Rappel, dates: SlotDate[]): string[] {
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

function otherAnswer({ otherAnswer, otherPhrase }: Rappel): string {
  if (!otherAnswer) return `Raccrocher sans parler (${strict})`;
  if (otherPhrase) return `Dire : ${quoted(otherPhrase)}`;
  return otherAnswers.find(({ value }) => value === otherAnswer)?.label ?? '';
}

function caller(rappel: Rappel): string[] {
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

// Slots and reference only: a calendar is often shared and shown on a screen. Its time stays free, since a call fills a
// few minutes of it; its METHOD is that of the type it travels under (RFC 6047, 2.4).
function calendarOf(dates: SlotDate[], { id, receivedAt }: Stamp): string {
  const calendar = ical({
    prodId: { company: 'agenda', product: 'creneaux', language: 'FR' },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const [index, { from, to, written }] of spansOf(dates).entries())
    calendar.createEvent({
      id: `${id}-${index + 1}`,
      start: from,
      end: to,
      stamp: receivedAt,
      summary: `Créneau réf. ${referenceOf(id)}${written.match(/ \(jour férié.*\)$/)?.[0] ?? ''}`,
      description: { plain: 'Relire la boîte avant d’appeler : la demande a pu être annulée.' },
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  return calendar.toString();
}

// Parts of a day that follow each other are one span: ten at most, so that the fullest request keeps its length.
function spansOf(dates: SlotDate[]): SlotDate[] {
  const spans: SlotDate[] = [];
  for (const date of dates) {
    const last = spans.at(-1);
    if (last?.to.getTime() === date.from.getTime()) spans.splice(-1, 1, { ...last, to: date.to });
    else spans.push(date);
  }
  return spans;
}

const timeInFrench = new Intl.DateTimeFormat('fr-FR', { timeStyle: 'short', timeZone: 'Europe/Paris' });

function writtenMoment(at: Date): string {
  return `${writtenDate(at)} à ${timeInFrench.format(at).replace(/^0/, '').replace(':', ' h ').replace(' h 00', ' h')}`;
}

function quoted(text: string): string {
  return `« ${text} »`;
}
