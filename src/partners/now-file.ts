// Whether the line answers at this moment, for those who show it elsewhere.
import type { z } from 'zod';
import { isOpen, isToConfirm, nextOpening, parisTime, parisWritten } from '../service/calendar.ts';
import type { Opening } from '../service/service.ts';
import type { nowSchema } from './schemas.ts';

/** The line at an instant, as `ouvert.json` says it. */
export function openingAt(at: Date, opening: Opening): z.output<typeof nowSchema> {
  const next = nextOpening(at, opening);
  return {
    ouvert: isOpen(at, opening),
    prochaine_ouverture: next ? parisWritten(next) : null,
    a_confirmer: isToConfirm(parisTime(at).date, opening),
    prochaine_a_confirmer: next !== undefined && isToConfirm(parisTime(next).date, opening),
  };
}
