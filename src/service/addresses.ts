// Addresses of pages. Most texts are shown at the address of their name.

/**
 * The home page, answered with the status 404: Chromium keeps no line of what was not found in its history (decision
 * 30). For papers; `/` stays the address of the site.
 */
export const unlistedPath = '/ici';

const shownBy: Record<string, string> = {
  accueil: '/',
  discretion: '/reglages',
  'numeros-suite': '/numeros',
  'pros-contact': '/pros',
};

/** The address of the page that shows a text. */
export function addressOf(id: string): string {
  return shownBy[id] ?? `/${id}`;
}

/** Whether a text is a part of a page that another text names. */
export function isPart(id: string): boolean {
  return id !== 'accueil' && id in shownBy;
}

/** The address of a page, from the URL under which it is built. */
export function pathOf({ pathname }: URL): string {
  return pathname.replace(/\.html$/, '').replace(/^\/index$/, '/');
}
