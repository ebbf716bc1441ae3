// A callback form as a browser posts it, filled in by somebody who answers most of the questions.

/** Body of the form; NUMERO stands for what makes a request another one, CHIFFRES for four digits of a number for fiction. */
export const formTemplate = `${new URLSearchParams([
  ['tel', '01 99 00 CHIFFRES'],
  ['quand', 'lun-matin'],
  ['quand', 'jeu-apres-midi'],
  ['eviter', 'le mercredi'],
  ['tiers', 'raccrocher'],
  ['tiers_phrase', ''],
  ['message', 'aucun'],
  ['essais', '1'],
  ['mot', 'tournesol'],
  ['prenom', 'essai NUMERO'],
  ['langue', ''],
  ['objet', ''],
  ['duree', '95'],
])}`;

/** The body of one request: `mark` and the last four digits of its number are its own. */
export function filledForm(mark: string, digits: number): string {
  return formTemplate.replace('NUMERO', mark).replace('CHIFFRES', `${digits % 10_000}`.padStart(4, '0'));
}

/** Headers that a browser sends with it from our own page. */
export const formHeaders = {
  'content-type': 'application/x-www-form-urlencoded',
  'sec-fetch-site': 'same-origin',
  'accept-encoding': 'br',
};
