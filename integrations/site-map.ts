// The map of the site for search engines: pages, not answers, and the home page's languages know each other.
import sitemap, { type SitemapItem } from '@astrojs/sitemap';
import type { AstroIntegration } from 'astro';
import { readContent } from '../src/writing/read.ts';

// Answers: nobody looks for them.
const unlisted = /\/(404|500|refus|trop|encart|(contact|encart)\/.+)$/;

/** Writes `sitemap-index.xml` and what it leads to, on a site that knows its own address. */
export function siteMap(): AstroIntegration {
  let languages: Map<string, string> | undefined;
  return sitemap({
    filter: (page) => !unlisted.test(page),
    serialize(item) {
      languages ??= homePages(); // once the texts are known to be right
      return withLanguages(item, languages);
    },
  });
}

/** The home page in each language: BCP 47, by address. */
function homePages(): Map<string, string> {
  const { languages } = readContent('src/content');
  return new Map(languages.map(({ id, head }) => [`/langues/${id}`, head.langue])).set('/', 'fr');
}

function withLanguages(item: SitemapItem, languages: Map<string, string>): SitemapItem {
  const { origin, pathname } = new URL(item.url);
  if (!languages.has(pathname)) return item;
  return { ...item, links: Array.from(languages, ([path, lang]) => ({ lang, url: `${origin}${path}` })) };
}
