// The list of what partners may print. `/kit` lists it, and holds it.

import { a4, a4Size, frenchPapers, large } from './french-papers.ts';
import type { Tongue } from './languages.ts';
import type { Paper } from './paper.ts';
import { drawPoster, type Poster } from './poster.ts';

const bilingual: Poster = { ...large, top: 63, steps: [250, 243, 236, 229] };

/** Every paper of the kit, with a poster for each language. */
export function papersIn(tongues: Tongue[]): Paper[] {
  return [...frenchPapers, ...tongues.map(posterIn)];
}

function posterIn(tongue: Tongue): Paper {
  return {
    stem: `affiche-${tongue.id}-a4`,
    group: 'language',
    thumbnail: 'poster',
    name: `Affiche en français et en ${tongue.id}`,
    size: a4Size,
    purpose: `Un lieu où l’on parle aussi ${tongue.id}.`,
    ways: ['office', 'shop'],
    format: a4,
    draw: (sheet, site) => drawPoster(sheet, { ...bilingual, tongue }, site),
    tongue,
  };
}
