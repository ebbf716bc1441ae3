// What a form is answered when it may not be, or cannot be, done: a heading, then a sentence or more.
import type { Word } from '../service/words.ts';

/** By the name of its page. */
export const failures = {
  '500': ['panne.titre', 'panne.texte', 'panne.appeler'],
  refus: ['refus.titre', 'refus.texte', 'refus.revenir'],
  trop: ['trop.titre', 'trop.texte', 'trop.reprendre', 'panne.appeler'],
} as const satisfies Record<string, readonly [Word, ...Word[]]>;
