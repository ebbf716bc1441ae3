// What people are told of the ways to print.
import { bleed, type Way } from './pdf/pdf.ts';

/** Each way: its name, what its files are, and the folder that holds them in the ZIP. */
export const ways: Record<Way, { name: string; note: string; folder: string }> = {
  office: {
    name: 'Imprimante de bureau',
    note: 'aucun fond ne touche le bord de la feuille.',
    folder: 'imprimante-de-bureau',
  },
  shop: {
    name: 'Imprimeur',
    note: `${bleed} mm de fond perdu, traits de coupe, quadrichromie.`,
    folder: 'imprimeur',
  },
  mono: {
    name: 'Noir et blanc',
    note: 'des traits, sans gris, pour un photocopieur.',
    folder: 'noir-et-blanc',
  },
};

/** Where a partner puts its mark. */
export const freePlace =
  'En haut à droite de chaque affiche et des languettes, 40 × 20 mm restent libres pour votre logo.';
