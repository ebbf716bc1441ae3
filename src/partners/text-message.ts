// The line in the room of one SMS. It may be read over a shoulder: a name, a number, hours, and no word more.
import { z } from 'zod';
import type { Line } from '../service/service.ts';
import { spaced } from '../service/typography.ts';
import { checked } from './checked.ts';
import { formats } from './formats.ts';

const room = 160;

// The letters of GSM 03.38 that a French text may need. With any other, an SMS holds 70 characters.
const message = z
  .string()
  .max(room, `plus long qu’un SMS de ${room} caractères`)
  .regex(/^[A-Za-z0-9 .,:;?!'"()/+\-éèàùÉÇ]*$/, 'un caractère qu’un SMS ordinaire ne sait pas écrire');

// The prudent words of pages, but for « être », which an SMS cannot write.
const holidays: Record<string, string> = {
  ouvert: 'Jours fériés : ouvert.',
  fermé: 'Jours fériés : fermé.',
};

/**
 * The text of a line on an ISO date: name, number, hours, then what still has room, the most useful first. Of exceptional closures,
 * only the next one has its place. Throws when not even the hours have room.
 */
export function textMessage({ service, phone, hours, opening }: Line, today: string): string {
  const next = [...opening.exceptionalClosures].sort().find((date) => date >= today);
  const more = [
    ...(next ? [`Prochaine fermeture : ${next.split('-').reverse().join('/')}.`] : []),
    holidays[hours.onHolidays] ?? 'La ligne peut fermer les jours fériés.',
    `${phone.cost}.`,
  ];
  const text = more.reduce(
    (start, sentence) => (start.length + 1 + sentence.length > room ? start : `${start} ${sentence}`),
    `${service.name} : ${phone.written}, ${hours.written}.`,
  );
  return checked(formats.text.path, message, spaced(text).replaceAll('’', "'"));
}
