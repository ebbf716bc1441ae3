// The shape of faits/ligne.json, the file that the team edits most: number, hours, closures, and what it says of its calls.
import { z } from 'zod';
import { dayParts } from '../service/calendar.ts';
import { revealing } from '../service/revealing.ts';
import { otherTongues } from '../service/tongues.ts';
import { dateIn, day, text } from './facts.ts';

const hour = z.string().regex(/^([1-9]|1\d|2[0-3]) h( [0-5]\d)?$/, 'une heure s’écrit « 9 h » ou « 9 h 30 »');
const days = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'] as const;

const closedSlot = z
  .string()
  .regex(
    new RegExp(`^(\\d{4}-\\d{2}-\\d{2}|${days.join('|')}) (${dayParts.join('|')})$`),
    'un créneau fermé s’écrit « 2026-12-03 après-midi », ou « jeudi après-midi » pour chaque semaine',
  )
  .refine((written) => isWorkingDay(written), 'cette date n’est pas un jour de semaine du calendrier');

// Said to somebody, word for word: '' until the Département has said it.
const sentence = z
  .string()
  .max(160, '160 caractères au plus')
  .regex(/^$|^\p{Lu}.*[.!]$/u, 'une phrase entière, sur une ligne : une majuscule, un point ; ou rien');

/** Name, number, hours and closures of the line. Call requests have five days and a noon break to fit. */
export const lineSchema = z
  .strictObject({
    nom: text,
    proprietaire: text,
    numero: z.string().regex(/^0[1-9]( \d{2}){4}$/, 'le numéro s’écrit par paires : « 01 99 00 12 34 »'),
    jours: z
      .array(z.enum(days, `un jour parmi ${days.join(', ')}`))
      .min(1, 'il faut au moins un jour d’ouverture'),
    ouvre: hour,
    ferme: hour,
    jours_feries: z.enum(['à confirmer', 'ouvert', 'fermé'], '« à confirmer », « ouvert » ou « fermé »'),
    fermetures: z.array(day),
    creneaux_fermes: z.array(closedSlot).max(100, 'cent au plus : effacer les dates passées'),
    numero_affiche: sentence,
    message_neutre: sentence.refine(
      (said) => !revealing.test(said) && !/premier pas|d[ée]partement/i.test(said),
      'une autre personne peut l’écouter : ni nom de service, ni motif',
    ),
    appel_hors_horaires: sentence,
    interpretes: z
      .array(
        z.strictObject({
          langue: z.enum(otherTongues, `une langue parmi ${otherTongues.join(', ')}`),
          jours: z.array(z.enum(days, `un jour parmi ${days.join(', ')}`)).min(1, 'il faut au moins un jour'),
          ouvre: hour,
          ferme: hour,
        }),
      )
      .max(otherTongues.length, 'une fois par langue'),
  })
  .refine(({ jours }) => `${days.filter((name) => jours.includes(name))}` === `${jours}`, {
    path: ['jours'],
    error: 'chaque jour une seule fois, dans l’ordre de la semaine',
  })
  .refine(({ ouvre }) => Number.parseInt(ouvre, 10) < 12, { path: ['ouvre'], error: 'avant 12 h' })
  .refine(({ ferme }) => Number.parseInt(ferme, 10) > 14, {
    path: ['ferme'],
    error: 'après 15 h au plus tôt',
  })
  .refine(({ jours, creneaux_fermes }) => jours.some((name) => isOffered(name, creneaux_fermes)), {
    path: ['creneaux_fermes'],
    error: 'plus aucun créneau ne reste dans la semaine : le formulaire ne servirait à rien',
  });

function isOffered(name: string, closed: string[]): boolean {
  return dayParts.some((part) => !closed.includes(`${name} ${part}`));
}

// A day of the week that is named is one.
function isWorkingDay(written: string): boolean {
  if (!/^\d/.test(written)) return true;
  const weekday = dateIn(written.slice(0, 10))?.dayOfWeek ?? 7;
  return weekday <= days.length;
}
