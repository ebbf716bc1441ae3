// How a call is made, in the words of the e-mail: what is forbidden, then what is said, in the order of a call.
import { holidayName } from '../service/calendar.ts';
import { callbacks, service } from '../service/service.ts';
import { writtenMoment } from './message-moments.ts';
import type { Rappel } from './rappel.ts';
import type { SlotDate } from './slots.ts';

/** What must never happen, the most harmful first. */
export function forbidden(rappel: Rappel, dates: readonly SlotDate[]): string[] {
  const last = Math.max(...dates.map(({ to }) => to.getTime()));
  const isNamed = rappel.voicemail === 'nom';
  return [
    'INTERDITS',
    ...bulleted([
      `Appeler en dehors des moments ci-dessous${dates.some(isHoliday) ? '' : ', ou un jour férié'} : NON`,
      ...(rappel.avoid
        ? [`Surtout pas : ${avoided(rappel)} (si cela contredit un moment : ne pas appeler)`]
        : []),
      'SMS : NON',
      voicemailLine(rappel),
      `Dire « ${service.name} », le Département ou le motif avant que la personne ait dit qu’elle peut parler : NON${isNamed ? ' (sauf ce message vocal)' : ''}`,
      `Plus d’appel après le ${writtenMoment(new Date(last))}`,
    ]),
  ];
}

// A form in another language has boxes: these are our words.
function avoided({ avoid = '', readIn }: Rappel): string {
  return readIn ? avoid : quoted(avoid);
}

function isHoliday({ date }: SlotDate): boolean {
  return holidayName(date) !== undefined;
}

function voicemailLine({ voicemail }: Rappel): string {
  if (voicemail === 'neutre')
    return `Message vocal : OUI, ces mots et aucun autre : ${quoted(callbacks.voicemail)}`;
  if (voicemail === 'nom')
    return `Message vocal : OUI, en disant « ${service.name} », jamais le motif (une autre personne peut l’écouter)`;
  return 'Message vocal : NON. Raccrocher avant le signal sonore.';
}

/** What to say once somebody answers, in order. */
export function duringTheCall(rappel: Rappel): string[] {
  const { codeWord, otherPhrase } = rappel;
  return [
    'PENDANT L’APPEL',
    `  1. Dire d’abord : ${quoted(codeWord ?? 'Bonjour.')}${codeWord ? '.' : ''}`,
    '  2. Demander : « Est-ce que vous pouvez parler ? » Attendre un oui.',
    '  3. « Vous faites erreur », un silence, un non : s’excuser, raccrocher. NE PLUS RAPPELER, même s’il reste un essai.',
    `  4. Une autre personne, ou un doute : ${toSomebodyElse(rappel)}`,
    ...(otherPhrase
      ? [
          '     Ne pas dire la phrase si elle nous fait passer pour un médecin, la police ou un tribunal : raccrocher.',
        ]
      : []),
    ...(rappel.tries === '2' ? ['     Une autre personne a répondu : plus d’autre essai.'] : []),
  ];
}

function toSomebodyElse({ otherAnswer, otherPhrase }: Rappel): string {
  if (otherPhrase) return `dire ${quoted(otherPhrase)}, puis RACCROCHER.`;
  if (otherAnswer === 'erreur') return 'dire « erreur de numéro », puis RACCROCHER.';
  return 'raccrocher sans parler.';
}

/** Whom to ask for, in which language, how many times. */
export function caller({ firstName, language, readIn, tries }: Rappel): string[] {
  const named = [
    ...(language ? [quoted(language)] : []),
    ...(readIn ? [`formulaire lu en ${readIn}`] : []),
  ].join(', ');
  return [
    'LA PERSONNE',
    ...bulleted([
      firstName
        ? `Prénom à dire, vrai ou inventé : ${quoted(firstName)}`
        : 'Prénom : aucun, dire « Bonjour »',
      named ? `Langue : ${named}. Prévoir avant d’appeler. Rien n’a été promis.` : 'Langue : français',
      `Essais : ${tries === '2' ? '2, à une heure d’écart au moins, dans ces moments. Un seul si une autre personne a répondu.' : '1'}`,
    ]),
  ];
}

/**
 * What else the team should know before it calls; nothing most of the time. `callerId`: what the person has read of the number
 * that her phone will show, '' when nobody could say.
 */
export function toKnow(
  rappel: Rappel,
  { isUnverified, callerId }: { isUnverified: boolean; callerId: string },
): string[][] {
  const { phone } = rappel;
  const lines = [
    ...(phone.toCheck
      ? ['Numéro peut-être faux : inconnu, ou français et mal écrit. Ne pas le chercher ailleurs.']
      : []),
    ...(phone.e164.startsWith('+33')
      ? []
      : ['Numéro hors de France métropolitaine : les moments restent à l’heure de Paris.']),
    ...(callerId ? [`Annoncé à la personne : ${quoted(callerId)} Appeler de la même façon.`] : []),
    ...(isUnverified
      ? ['Demande non vérifiée : peut-être un envoi automatique. La traiter comme les autres.']
      : []),
    ...toTranslate(rappel),
  ];
  return lines.length > 0 ? [['À SAVOIR', ...bulleted(lines)]] : [];
}

// Who names another language may have written in it; what forbids a call must be understood before it is made.
function toTranslate({ avoid, otherPhrase, codeWord, firstName, language, readIn }: Rappel): string[] {
  if (readIn)
    return codeWord || firstName || language
      ? ['À FAIRE TRADUIRE AVANT TOUT APPEL : les mots entre guillemets.']
      : [];
  const written = [avoid, otherPhrase, codeWord].filter((text) => text !== undefined);
  const isOtherScript = [...written, firstName, language].some((text) =>
    /(?!\p{Script=Latin})\p{L}/u.test(text ?? ''),
  );
  if (isOtherScript) return ['Textes à faire traduire avant tout appel.'];
  const isOtherLanguage = language && !/^fran[cç]ais/i.test(language);
  return isOtherLanguage && written.length > 0
    ? ['Textes à faire traduire avant tout appel, s’ils ne sont pas en français.']
    : [];
}

/** Lines of a list. Without two spaces, some mail tools join short lines. */
export function bulleted(lines: readonly string[]): string[] {
  return lines.map((line) => `  - ${line}`);
}

function quoted(text: string): string {
  return `« ${text} »`;
}
