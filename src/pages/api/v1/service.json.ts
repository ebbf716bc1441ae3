// The line as data.

import { getCollection } from 'astro:content';
import type { APIRoute } from 'astro';
import { type ListedPage, serviceFile } from '../../../partners/service-file.ts';
import { addressOf, isPart } from '../../../service/addresses.ts';
import { parisTime } from '../../../service/calendar.ts';
import { line } from '../../../service/service.ts';
import { journeyPath, otherTongues, tracesPath } from '../../../service/tongues.ts';
import { wordIn } from '../../../service/words.ts';

/** The file, made when the site is built. */
export const GET: APIRoute = async ({ site }) => {
  const today = parisTime(new Date()).date;
  return Response.json(serviceFile(line, { today, site, pages: await listedPages() }));
};

async function listedPages(): Promise<ListedPage[]> {
  const pages = (await getCollection('pages')).filter(({ id }) => !isPart(id));
  const [languages, traces] = [await getCollection('languages'), await getCollection('traces')];
  return [
    ...pages.map(({ id, data }) => ({ path: addressOf(id), title: data.titre, language: 'fr' })),
    ...languages.map(({ id, data }) => ({
      path: `/langues/${id}`,
      title: data.titre,
      language: data.langue,
    })),
    ...otherTongues.flatMap((tongue) => {
      const language = languages.find(({ id }) => id === tongue)?.data.langue ?? 'fr';
      const titre = traces.find(({ id }) => id === tongue)?.data.titre ?? '';
      return [
        { path: journeyPath('form', tongue), title: wordIn(tongue, 'page.titre'), language },
        { path: tracesPath(tongue), title: titre, language },
      ];
    }),
  ].sort((one, other) => (one.path < other.path ? -1 : 1));
}
