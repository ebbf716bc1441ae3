// Everything that is printed in French, or with no language at all.
import { drawBareNumber, drawSticker } from './number-only.ts';
import type { Paper } from './paper.ts';
import type { Format } from './pdf/pdf.ts';
import { drawPlainPoster } from './plain-poster.ts';
import { drawPoster, type Poster } from './poster.ts';
import { drawTabs } from './tabs.ts';
import { drawCards, folded } from './wallet-card.ts';

/** The sheet of most papers, in whose millimetres posters are drawn. */
export const a4: Format = { width: 210, height: 297, scale: 1, rim: 10 };

/** The same, as people are told it. */
export const a4Size = 'A4, 210 × 297 mm';

/** The poster of a wall. */
export const large: Poster = {
  top: 68,
  steps: [259, 248, 237, 226],
  code: { side: 32, size: 4.4 },
  versionSize: 2.6,
  tellsUrgent: true,
};
const small: Poster = {
  top: 74,
  steps: [250, 227, 203],
  code: { side: 52, size: 5.6 },
  versionSize: 4,
  tellsUrgent: false,
};

const a3 = { ...a4, scale: Math.SQRT2 };
const a3Size = 'A3, 297 × 420 mm';

/** The list, in the order of the page. */
export const frenchPapers: Paper[] = [
  {
    stem: 'affiche-a4',
    group: 'wall',
    thumbnail: 'poster',
    name: 'Affiche discrète A4',
    size: a4Size,
    purpose: 'Un hall, une porte, un panneau d’accueil : là où chacun passe.',
    ways: ['office', 'shop', 'mono'],
    format: a4,
    draw: (sheet, site) => drawPoster(sheet, large, site),
  },
  {
    stem: 'affiche-a3',
    group: 'wall',
    thumbnail: 'poster',
    name: 'Affiche discrète A3',
    size: a3Size,
    purpose: 'Un couloir : se lit de plus loin.',
    ways: ['office', 'shop'],
    format: a3,
    draw: (sheet, site) => drawPoster(sheet, large, site),
  },
  {
    stem: 'affiche-lieu-seul-a4',
    group: 'wall',
    thumbnail: 'plain',
    name: 'Affiche explicite A4',
    size: a4Size,
    purpose: 'Des toilettes, une cabine, une salle de consultation : là où l’on est seul.',
    ways: ['office', 'shop', 'mono'],
    format: a4,
    draw: drawPlainPoster,
  },
  {
    stem: 'affiche-lieu-seul-a3',
    group: 'wall',
    thumbnail: 'plain',
    name: 'Affiche explicite A3',
    size: a3Size,
    purpose: 'La même, pour une porte.',
    ways: ['office', 'shop'],
    format: a3,
    draw: drawPlainPoster,
  },
  {
    stem: 'affiche-a6',
    group: 'wall',
    thumbnail: 'poster',
    name: 'Affichette A6',
    size: 'A6, 105 × 148,5 mm',
    purpose: 'Un comptoir, un présentoir.',
    ways: ['office', 'shop'],
    format: { ...a4, scale: 0.5 },
    draw: (sheet, site) => drawPoster(sheet, small, site),
  },
  {
    stem: 'numero-seul-a4',
    group: 'wall',
    thumbnail: 'number',
    name: 'Numéro seul',
    size: 'A4 en largeur, 297 × 210 mm',
    purpose: 'Des toilettes, une salle d’attente : aucun mot.',
    ways: ['office', 'shop'],
    format: { width: 297, height: 210, scale: 1, rim: 10 },
    draw: drawBareNumber,
  },
  {
    stem: 'autocollant',
    group: 'wall',
    thumbnail: 'sticker',
    name: 'Autocollant',
    size: '90 × 55 mm',
    purpose: 'Un miroir : le numéro et les horaires.',
    ways: ['office', 'shop'],
    format: { width: 90, height: 55, scale: 1, rim: 5 },
    draw: drawSticker,
  },
  {
    stem: 'languettes-a4',
    group: 'hand',
    thumbnail: 'tabs',
    name: 'Languettes à détacher',
    size: `${a4Size}, dix languettes de 21 × 72 mm`,
    purpose: 'Le numéro, à emporter sans rien demander.',
    ways: ['office', 'mono'],
    format: a4,
    draw: drawTabs,
  },
  {
    stem: 'carte',
    group: 'hand',
    thumbnail: 'card',
    name: 'Carte à plier',
    size: '85 × 54 mm pliée, 85 × 108 mm ouverte',
    purpose: 'Un portefeuille. Recto verso, retourné sur le bord court.',
    ways: ['office', 'shop'],
    format: { width: folded.width, height: folded.height * 2, scale: 1, rim: 5 },
    draw: (sheet) => drawCards(sheet, 1, 1),
  },
  {
    stem: 'cartes-a4',
    group: 'hand',
    thumbnail: 'cards',
    name: 'Quatre cartes à découper et à plier',
    size: `${a4Size}, quatre cartes de 85 × 54 mm pliées`,
    purpose: 'La même carte, quatre par feuille.',
    ways: ['office', 'mono'],
    format: a4,
    draw: (sheet) => drawCards(sheet, 2, 2),
  },
];
