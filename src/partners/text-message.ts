// The line in the room of one SMS. It may be read over a shoulder: a name, a number, hours, and no word more.
import { z } from 'zod';
import { hours, opening, phone, service } from '../service/service.ts';
import { checked } from './checked.ts';
import { formats } from './formats.ts';
import { spaced } from './service-file.ts';

// The letters of GSM 03.38 that a French text may need. With any other, an SMS holds 70 characters.
const message = z
  .string()
  .max(160, 'plus long qu’un SMS de 160 caractères')
  .regex(/^[A-Za-z0-9 .,:;?!'"()/+\-éèàùÉÇ]*$/, 'un caractère qu’un SMS ordinaire ne sait pas écrire');

/** The text on an ISO date. Of exceptional closures, only the next one has room. Throws when it is too long. */
export function textMessage(today: string): string {
  const next = [...opening.exceptionalClosures].sort().find((date) => date >= today);
  const closure = next ? ` Prochaine fermeture : ${next.split('-').reverse().join('/')}.` : '';
  const days = `${hours.written} (jours fériés : ${hours.onHolidays})`;
  const text = `${service.name} : ${phone.written}, ${days}. Appel non surtaxé.${closure}`;
  return checked(formats.text.path, message, spaced(text).replaceAll('’', "'"));
}
