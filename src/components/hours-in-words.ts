// The hours as sentences of a page, where one begins with them.
import { hours } from '../service/service.ts';
import { capital } from '../service/typography.ts';

const holidays: Record<string, string> = {
  ouvert: 'La ligne répond aussi les jours fériés.',
  fermé: 'La ligne est fermée les jours fériés.',
};

/** When the line answers, as the beginning of a sentence, and what is true of public holidays. */
export const hoursInWords = {
  written: capital(hours.written, 'fr'),
  onHolidays: holidays[hours.onHolidays] ?? 'Les jours fériés, la ligne peut être fermée.',
};
