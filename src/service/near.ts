// Help near one's home, commune by commune, from the one file of structures: only those whose place is given.
import structures from '../content/faits/structures.json' with { type: 'json' };
import { unbroken } from './typography.ts';

/** One place that helps. `dial` is the link to follow, when it has a number that may be shown. */
export type Place = {
  name: string;
  what: string;
  when: string | undefined;
  phone: { written: string; dial: string } | undefined;
};

type Entry = {
  enonce: string;
  pres?: { commune: string; nom: string; quoi: string; quand?: string; telephone?: string };
};

/** The places of some entries, by commune in the order of the alphabet. */
export function placesByCommune(entries: readonly Entry[]): { commune: string; places: Place[] }[] {
  const all = entries.flatMap(({ pres }) => pres ?? []);
  const communes = [...new Set(all.map(({ commune }) => commune))].sort((one, other) =>
    one.localeCompare(other, 'fr'),
  );
  return communes.map((commune) => ({
    commune,
    places: all
      .filter((place) => place.commune === commune)
      .map(({ nom, quoi, quand, telephone }) => ({
        name: nom,
        what: quoi,
        when: quand,
        phone: telephone ? phoneOf(telephone) : undefined,
      })),
  }));
}

/** Those that the site shows. */
export const nearYou = placesByCommune(Object.values(structures));

function phoneOf(written: string): Place['phone'] {
  return { written: unbroken(written), dial: `tel:+33${written.replaceAll(' ', '').slice(1)}` };
}
