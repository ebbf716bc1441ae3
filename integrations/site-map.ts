// The map of the site for search engines: pages, not answers, and the languages of a page know each other.
import sitemap, { type SitemapItem } from '@astrojs/sitemap';
import type { AstroIntegration } from 'astro';
import { readContent } from '../src/writing/read.ts';

// Answers: nobody looks for them.
const unlisted = /\/(404|500|refus|trop|encart|(contact|encart)\/.+)$/;

/** Writes `sitemap-index.xml` and what it leads to, on a site that knows its own address. */
export function siteMap(): AstroIntegration {
  let pages: Map<string, string>[] | undefined;
  return sitemap({
    filter: (page) => !unlisted.test(page),
    serialize(item) {
      pages ??= pagesOfLanguages(); // once the texts are known to be right
      return withLanguages(item, pages);
    },
  });
}

// The pages that every language has, each at its address: BCP 47.
function pagesOfLanguages(): Map<string, string>[] {
  const { languages } = readContent('src/content');
  const others = (ending: string) =>
    languages.map(({ id, head }): [string, string] => [`/langues/${id}${ending}`, head.langue]);
  return [
    new Map([['/', 'fr'], ...others('')]),
    new Map([['/contact', 'fr'], ...others('/rappel')]),
    new Map([['/reglages', 'fr'], ...others('/traces')]),
  ];
}

function withLanguages(item: SitemapItem, pages: Map<string, string>[]): SitemapItem {
  const { origin, pathname } = new URL(item.url);
  const same = pages.find((one) => one.has(pathname));
  if (!same) return item;
  return { ...item, links: Array.from(same, ([path, lang]) => ({ lang, url: `${origin}${path}` })) };
}
