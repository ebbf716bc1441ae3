// The simplest that a partner pastes into a page of its own: a sentence, the number, a link. It looks like the text around.
import { hours, phone, service } from '../service/service.ts';

/** A paragraph of HTML, with a link when the address of the site is known. Says nothing of what it is about. */
export function linkHtml(site: string | undefined): string {
  const number = `<a href="tel:${phone.dialled}" translate="no">${phone.written}</a>`;
  const more = site ? ` <a href="${site}" rel="noopener" referrerpolicy="no-referrer">Voir le site</a>` : '';
  return solid(`<p>${service.name}\u00a0: ${number}, ${hours.written}. ${phone.cost}.${more}</p>`);
}

/** A text whose no-break spaces are written out: one that nobody sees is lost in the first editor. */
export function solid(written: string): string {
  return written.replaceAll('\u00a0', '&nbsp;');
}
