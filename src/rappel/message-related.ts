// What an e-mail tells of other requests: the one it replaces, the same words from elsewhere, a number given before.
import { mostListed } from './outbox.ts';
import { referenceOf } from './reference.ts';

/** What would be followed less strictly once it is forgotten. */
export type Lost = 'avoid' | 'codeWord';

/** Says which request is replaced; first of all what it forbade or gave to say, when the new one is silent on it. */
export function replacement(id: string, lost: readonly Lost[] = []): string[][] {
  const reference = referenceOf(id);
  return [
    ...(lost.length > 0 ? [[whatIsLost(reference, lost)]] : []),
    [
      `REMPLACE la demande réf. ${reference}`,
      `Ne plus appeler pour ${reference}. Si elle n’est pas dans la boîte, ${missing(lost)}`,
      outOfAgenda(reference),
    ],
  ];
}

// It was replaced before it could leave: what it forbade is known to nobody.
function missing(lost: readonly Lost[]): string {
  if (!lost.includes('avoid')) return 'il n’y a rien à faire.';
  return 'son « surtout pas » n’est connu de personne : dans le doute, ne pas appeler.';
}

/** What to do by hand where the agenda does not follow by itself. */
export function outOfAgenda(reference: string): string {
  return `Retirer de l’agenda les créneaux réf. ${reference}.`;
}

function whatIsLost(reference: string, lost: readonly Lost[]): string {
  const names = { avoid: 'un « surtout pas »', codeWord: 'un mot' };
  const both = (['avoid', 'codeWord'] as const).filter((one) => lost.includes(one));
  const stands = lost.includes('avoid') ? ' Le « surtout pas » vaut encore.' : '';
  const which = both.map((one) => names[one]).join(' et ');
  return `La demande remplacée portait ${which} : ${both.length > 1 ? 'les' : 'le'} relire dans réf. ${reference}.${stands}`;
}

/** Says which others said the same from elsewhere: the team alone can tell one person who wrote twice from another. */
export function sameWords(id: string, others: readonly string[]): string[] {
  if (others.length === 0) return [];
  const elsewhere = `Les réponses de la réf. ${referenceOf(id)} sont aussi venues d’une autre connexion`;
  return [
    `${elsewhere} : réf. ${referencesOf(others)}. Un seul courriel est parti pour toutes.`,
    'Rien ne prouve que c’est la même personne : ce message n’annule que ce qui est venu de la première.',
    'Dans le doute, ne pas appeler pour ces réponses.',
  ];
}

/** Says that a number was given before, and what is held back because of it. */
export function alreadyGiven(given: readonly string[]): string[] {
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
