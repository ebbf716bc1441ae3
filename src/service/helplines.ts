// The other numbers, with what is known of each. Only what the fact sheet calls « sûr » (its section 2).

/** A number to reach help. `dial` is the link to follow; `source` names the entries of the fact sheet it rests on. */
export type Helpline = {
  key: string;
  name: string;
  number: string;
  dial: string;
  forWhom: string;
  details: string[];
  source: string;
};

/** The ISO date on which the sources were read. */
export const consultedOn = '2026-11-23';

/** Every number shown on the site, in the order of `/numeros`. */
const helplines = [
  {
    key: '17',
    name: 'Police secours',
    number: '17',
    dial: 'tel:17',
    forWhom: 'Danger immédiat.',
    details: ['24 h/24, 7 j/7', 'gratuit'],
    source: '2 [7][8]',
  },
  {
    key: '112',
    name: 'Urgence européenne',
    number: '112',
    dial: 'tel:112',
    forWhom: 'Toute urgence, depuis un fixe ou un mobile.',
    details: ['24 h/24, 7 j/7', 'gratuit', 'annoncé absent des factures'],
    source: '2 [7][8]',
  },
  {
    key: '114',
    name: 'Urgence sans parler',
    number: '114',
    dial: 'sms:114',
    forWhom:
      'Par SMS, pour toute personne qui ne peut pas téléphoner ou parler. Écrivez où vous êtes : les secours ont besoin de l’adresse.',
    details: ['24 h/24, 7 j/7', 'gratuit', 'par SMS : un appel vocal au 114 n’aboutit pas'],
    source: '2 [7][9][10], mises en garde [38][39]',
  },
  {
    key: '15',
    name: 'SAMU',
    number: '15',
    dial: 'tel:15',
    forWhom: 'Urgence médicale.',
    details: ['24 h/24', 'gratuit', 'annoncé absent des factures'],
    source: '2 [7][8]',
  },
  {
    key: '18',
    name: 'Pompiers',
    number: '18',
    dial: 'tel:18',
    forWhom: 'Accident, feu, secours.',
    details: ['24 h/24', 'gratuit', 'annoncé absent des factures'],
    source: '2 [7][8]',
  },
  {
    key: '3919',
    name: 'Violences Femmes Info',
    number: '3919',
    dial: 'tel:3919',
    forWhom:
      'Femmes qui vivent des violences, entourage, professionnels. Écoute et orientation, en plusieurs langues ; ce n’est pas un numéro d’urgence.',
    details: ['24 h/24, 7 j/7', 'gratuit et anonyme', 'annoncé absent des factures'],
    source: '2 [8][11][12]',
  },
  {
    key: '115',
    name: 'Hébergement d’urgence',
    number: '115',
    dial: 'tel:115',
    forWhom: 'Ne pas savoir où dormir.',
    details: ['24 h/24, 7 j/7', 'gratuit'],
    source: '2 [8]',
  },
  {
    key: '119',
    name: 'Enfance en danger',
    number: '119',
    dial: 'tel:119',
    forWhom: 'Mineurs, jeunes majeurs jusqu’à 21 ans, adultes inquiets pour un enfant.',
    details: ['24 h/24, 7 j/7', 'gratuit', 'absent des relevés'],
    source: '2 [13][14]',
  },
  {
    key: '116006',
    name: 'France Victimes',
    number: '116 006',
    dial: 'tel:116006',
    forWhom:
      'Toute personne victime d’une infraction, femme ou homme, proches et témoins, avec ou sans plainte.',
    details: ['gratuit'],
    source: '2 [15][16][17][151]',
  },
  {
    key: '0800059595',
    name: 'Viols Femmes Informations',
    number: '0 800 05 95 95',
    dial: 'tel:0800059595',
    forWhom: 'L’écoute du Collectif féministe contre le viol.',
    details: ['gratuit et anonyme'],
    source: '2 [20][21]',
  },
  {
    key: '3114',
    name: 'Prévention du suicide',
    number: '3114',
    dial: 'tel:3114',
    forWhom: 'Personne qui souffre, proche, professionnel.',
    details: ['24 h/24, 7 j/7', 'gratuit et confidentiel'],
    source: '2 [18][19]',
  },
] as const satisfies Helpline[];

export type HelplineKey = (typeof helplines)[number]['key'];

/** The helpline known by a key. */
export function helpline(key: HelplineKey): Helpline {
  const found = helplines.find((line) => line.key === key);
  if (!found) throw new Error(`No helpline ${key}`);
  return found;
}
