// The line as data, for those who show it elsewhere: the same facts as the pages, nothing more.
import type { z } from 'zod';
import { clockTime, holidayName, holidaysFrom, isOpeningDay, isToConfirm } from '../service/calendar.ts';
import { knownAsOf } from '../service/fact-dates.ts';
import { type Helpline, urgent } from '../service/helplines.ts';
import type { Line } from '../service/service.ts';
import { spaced } from '../service/typography.ts';
import { checked } from './checked.ts';
import { formats } from './formats.ts';
import { serviceSchema } from './schemas.ts';

/** A page of the site. */
export type ListedPage = { path: string; title: string; language: string };

/** When it is made (an ISO date in Paris), for which site, with which pages. */
export type Making = { today: string; site: URL | undefined; pages: ListedPage[] };

/** What `service.json` says of a line on a day. Throws when the facts contradict each other. */
export function serviceFile(line: Line, { today, site, pages }: Making): z.output<typeof serviceSchema> {
  const { service, phone, hours, opening } = line;
  const addressOf = (path: string) => (site ? { adresse: new URL(path, site).href } : {});
  return checked(formats.service.path, serviceSchema, {
    version: '1',
    date: today,
    nom: service.name,
    proprietaire: service.owner,
    numero: {
      ecrit: spaced(phone.written),
      e164: phone.dialled,
      surtaxe: false,
      connu_au: knownAsOf.number,
    },
    horaires: {
      fuseau: 'Europe/Paris',
      jours: [...opening.weekdays],
      ouvre: clockTime(opening.opensAt),
      ferme: clockTime(opening.closesAt),
      ecrits: spaced(hours.written),
      connus_au: knownAsOf.hours,
    },
    jours_feries: {
      regle: hours.onHolidays as 'à confirmer' | 'ouvert' | 'fermé', // the schema checks it
      jours: holidaysFrom(today).map((date) => ({
        date,
        nom: holidayName(date) ?? '',
        ouvert: isToConfirm(date, opening) ? null : isOpeningDay(date, opening),
      })),
    },
    fermetures: [...opening.exceptionalClosures],
    secours: Object.values(urgent).map(urgentNumber),
    pages: pages.map(({ path, title, language }) => ({
      chemin: path,
      titre: title,
      langue: language,
      ...addressOf(path),
    })),
    donnees: Object.values(formats).map(({ path, type, what }) => ({
      chemin: path,
      type,
      quoi: what,
      ...addressOf(path),
    })),
  });
}

function urgentNumber({ name, number, dial }: Helpline) {
  return {
    nom: name,
    numero: number,
    moyen: dial.startsWith('sms:') ? ('sms' as const) : ('appel' as const),
    lien: dial,
  };
}
