// The text of one of our built pages, bare, so that others can wear it in their own way: read at each bench, kept nowhere.
import { type CheerioAPI, load } from 'cheerio';

/** A page of ours without its look: title, summary, and the HTML of its main part without class, style or script. */
export type Text = { title: string; description: string; main: string };

/** Classes by CSS selector, as a design system asks for them. */
export type Dress = Record<string, string>;

/** Reads the text out of a built page. */
export function textOf(page: string): Text {
  const query = load(page);
  const main = query('main');
  main.find('script, style, svg, wbr, [aria-hidden="true"], [hidden]').remove();
  main.find('.button').attr('data-button', '');
  main.find('*').each((_, { attribs }) => {
    const kept = [
      'href',
      'id',
      'for',
      'name',
      'type',
      'value',
      'data-button',
      'action',
      'method',
      'lang',
      'dir',
    ];
    for (const name of Object.keys(attribs)) if (!kept.includes(name)) delete attribs[name];
  });
  return {
    title: query('title').text(),
    description: query('meta[name=description]').attr('content') ?? query('main p').first().text(),
    main: main.html() ?? '',
  };
}

/** The main part, with the classes of a design system. */
export function dressed({ main }: Text, dress: Dress): string {
  const query: CheerioAPI = load(main, null, false);
  for (const [selector, classes] of Object.entries(dress)) query(selector).addClass(classes);
  query('[data-button]').removeAttr('data-button');
  return query.html();
}
