// The pages as they were built, ready to be questioned.
import { globSync, readFileSync } from 'node:fs';
import { type CheerioAPI, load } from 'cheerio';
import { addressOf, built } from '../accessibility/addresses.ts';

/** A built page; `path` is its address. */
export type BuiltPage = { path: string; html: string; $: CheerioAPI };

/** Every built page, answers included. */
export const builtPages: BuiltPage[] = globSync('**/*.html', { cwd: built })
  .sort()
  .map((file) => {
    const html = readFileSync(built + file, 'utf8');
    return { path: addressOf(file), html, $: load(html) };
  });

if (builtPages.length === 0) throw new Error('nothing is built: npm run build');

/** Those in French. */
export const frenchPages = builtPages.filter(({ $ }) => $('html').attr('lang') === 'fr');

/** The pages that somebody comes to by its address: not the answers to a form, nor errors. */
export const isAddress = ({ $ }: BuiltPage) => $('meta[property="og:title"]').length > 0;

/** A text on one line: breaks and no-break spaces are spaces. */
export const flat = (text: string) => text.replace(/\s+/g, ' ');

const isBlock =
  'main, section, div, form, fieldset, h1, h2, h3, p, ul, ol, li, table, caption, tr, td, th, legend, label, summary, address';

/**
 * What a page says in French of its own, a block of text each: headings, paragraphs, items. What only a script shows,
 * and what no eye sees, is left out.
 */
export function blocksOf({ $ }: BuiltPage): string[] {
  const main = $('main').clone();
  main.find('[lang]:not([lang=fr]), [hidden], script, style, svg, .unseen, [aria-hidden=true]').remove();
  const texts = main
    .find(isBlock)
    .addBack()
    .toArray()
    .map((block) => $(block).clone())
    .map((block) => {
      block.find(isBlock).remove();
      return block
        .text()
        .replace(/[^\S\u00a0\u202f]+/g, ' ')
        .trim();
    });
  return texts.filter((text) => /\p{L}/u.test(text));
}
