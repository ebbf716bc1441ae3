// The list of what partners may print, and how each piece is drawn. `/kit` lists it, and holds it.

import type { Tongue } from './languages.ts';
import { drawBareNumber, drawSticker, drawTabs } from './number-only.ts';
import { type Format, pdfOf, type Sheet } from './pdf/pdf.ts';
import { drawPoster, type Poster } from './poster.ts';
import { drawCards, folded } from './wallet-card.ts';

/** A file of `/kit/`, and what people are told about it. */
export type Paper = {
  /** Its name under `/kit/`. */
  file: string;
  name: string;
  /** « A4, 210 × 297 mm ». */
  size: string;
  purpose: string;
  format: Format;
  draw: (sheet: Sheet, site: URL | undefined) => void;
};

const a4: Format = { width: 210, height: 297, scale: 1 };
const a4Size = 'A4, 210 × 297 mm';
const large: Poster = { codeSide: 34, addressSize: 4.4, tellsUrgent: true };
const small: Poster = { codeSide: 52, addressSize: 5.6, tellsUrgent: false };
const openCard = { width: folded.width, height: folded.height * 2, scale: 1 };

/** Everything that is printed in French, or with no language at all. */
const french: Paper[] = [
  {
    file: 'affiche-a4.pdf',
    name: 'Affiche A4',
    size: a4Size,
    purpose: 'Un mur, une porte, un panneau d’accueil.',
    format: a4,
    draw: poster(large),
  },
  {
    file: 'affiche-a3.pdf',
    name: 'Affiche A3',
    size: 'A3, 297 × 420 mm',
    purpose: 'Un hall, un couloir : se lit de plus loin.',
    format: { ...a4, scale: Math.SQRT2 },
    draw: poster(large),
  },
  {
    file: 'affiche-a6.pdf',
    name: 'Affichette A6',
    size: 'A6, 105 × 148,5 mm',
    purpose: 'Un comptoir, un présentoir.',
    format: { ...a4, scale: 0.5 },
    draw: poster(small),
  },
  {
    file: 'languettes-a4.pdf',
    name: 'Languettes à détacher',
    size: `${a4Size}, dix languettes de 21 × 72 mm`,
    purpose: 'Le numéro seul, à emporter sans rien demander.',
    format: a4,
    draw: drawTabs,
  },
  {
    file: 'numero-seul-a4.pdf',
    name: 'Numéro seul',
    size: 'A4 en largeur, 297 × 210 mm',
    purpose: 'Des toilettes, une salle d’attente : aucun mot.',
    format: { width: 297, height: 210, scale: 1 },
    draw: drawBareNumber,
  },
  {
    file: 'autocollant.pdf',
    name: 'Autocollant',
    size: '90 × 55 mm',
    purpose: 'Un miroir : le numéro et les horaires.',
    format: { width: 90, height: 55, scale: 1 },
    draw: drawSticker,
  },
  {
    file: 'carte.pdf',
    name: 'Carte à plier',
    size: '85 × 54 mm pliée, 85 × 108 mm ouverte',
    purpose: 'Un portefeuille. Pour un imprimeur : recto verso, retourné sur le bord court.',
    format: openCard,
    draw: (sheet) => drawCards(sheet, 1, 1),
  },
  {
    file: 'cartes-a4.pdf',
    name: 'Quatre cartes à découper et à plier',
    size: `${a4Size}, quatre cartes de 85 × 54 mm pliées`,
    purpose: 'La même carte, sur une imprimante de bureau : recto verso, retourné sur le bord court.',
    format: a4,
    draw: (sheet) => drawCards(sheet, 2, 2),
  },
];

/** Every file of the kit, with a poster for each language. */
export function papersIn(tongues: Tongue[]): Paper[] {
  return [...french, ...tongues.map(bilingual)];
}

/** The PDF of a paper. `site` is the address of the site, where it knows it: then posters have a code. */
export function print(paper: Paper, site: URL | undefined): Promise<Buffer> {
  return pdfOf(paper.format, (sheet) => paper.draw(sheet, site));
}

function bilingual(tongue: Tongue): Paper {
  const caution = tongue.isReviewed ? '' : ' Traduction pas encore relue par une personne du métier.';
  return {
    file: `affiche-${tongue.id}-a4.pdf`,
    name: `Affiche en français et en ${tongue.id}`,
    size: a4Size,
    purpose: `Un lieu où l’on parle aussi ${tongue.id}.${caution}`,
    format: a4,
    draw: poster({ ...large, tongue }),
  };
}

function poster(kind: Poster): Paper['draw'] {
  return (sheet, site) => drawPoster(sheet, kind, site);
}
