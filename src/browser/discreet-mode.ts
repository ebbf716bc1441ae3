// Reads the site without leaving a trail: one address and one title, whatever is read. The pages come by fetch into the
// one that is open. If this script fails, links are ordinary links.

const slowMs = 300;
const patienceMs = 30_000;
const choice = 'mode-discret';

/** Text becomes HTML here only: what our own server answered. */
const asHtml = window.trustedTypes?.createPolicy('page', { createHTML: (text) => text });

/** A page that was read, as it was left, typed answers included. In memory only. */
type Place = { parts: HTMLElement[]; lang: string; dir: string; path: string; scroll: number };

/** Takes over the links of the site, and the switch that gives them back. */
export function start(): void {
  const trail: Place[] = [];
  let isOn = !choseOff();
  let path = location.pathname;
  let reading: AbortController | undefined;

  const draw = () => {
    const button = byId('mode-discret');
    button?.setAttribute('aria-pressed', String(isOn));
    if (button?.parentElement) button.parentElement.hidden = false;
    hide('precedente', !isOn || trail.length === 0);
    hide('avis', !isOn || trail.length > 0 || path !== location.pathname);
    document.querySelectorAll<HTMLAnchorElement>('nav a').forEach((link) => {
      if (link.pathname === path) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    });
  };

  const show = (place: Place) => {
    const root = document.documentElement;
    const isOtherTongue = root.lang !== place.lang;
    partsOf(document).forEach((part, index) => {
      if (part.tagName === 'MAIN' || isOtherTongue) part.replaceWith(place.parts[index] ?? part);
    });
    root.lang = place.lang;
    root.dir = place.dir || 'ltr';
    path = place.path;
    dispatchEvent(new Event('contenu'));
    focusOn(document.querySelector('h1'));
    scrollTo(0, place.scroll);
  };

  const open = async (address: string) => {
    reading?.abort();
    const mine = new AbortController();
    reading = mine;
    const timers = [
      setTimeout(say, slowMs, byId('progres')?.dataset.dit),
      setTimeout(() => mine.abort(), patienceMs),
    ];
    const page = await pageAt(address, mine.signal).catch(() => undefined);
    timers.forEach(clearTimeout);
    if (reading !== mine) return; // another page was chosen meanwhile
    say('');
    hide('echec', !!page);
    if (!page) return failed(address);
    trail.push(placeOf(document, path, scrollY));
    show(placeOf(page, new URL(address).pathname, 0));
  };

  const actions: Record<string, (address: string) => void> = {
    'mode-discret': () => {
      isOn = !isOn;
      remember(isOn);
      draw();
    },
    precedente: () => {
      reading?.abort();
      reading = undefined;
      say('');
      hide('echec', true);
      const place = trail.pop();
      if (place) show(place);
    },
    reessayer: open,
  };

  addEventListener('click', (event) => {
    const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>('a, button') : null;
    if (!pressed || event.defaultPrevented) return;
    const action = pressed.tagName === 'BUTTON' && actions[pressed.id];
    if (action) return action(pressed.dataset.adresse ?? '');
    if (
      !(pressed instanceof HTMLAnchorElement) ||
      pressed.download ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey
    )
      return;
    const isInside = pressed.origin === location.origin;
    const fragment = pressed.getAttribute('href')?.startsWith('#') ? pressed.hash.slice(1) : '';
    if (!fragment && !(isOn && /^http/.test(pressed.protocol))) return;
    event.preventDefault();
    if (fragment) focusOn(byId(fragment));
    else if (isInside) void open(pressed.href);
    else location.replace(pressed.href); // its own page says that this other site stays in the history
  });

  draw();
  addEventListener('contenu', draw); // the switch stands at the end of the page
}

async function pageAt(address: string, signal: AbortSignal): Promise<Document | undefined> {
  const response = await fetch(address, { cache: 'no-store', signal });
  if (response.status >= 500) return undefined;
  const text = await response.text();
  const page = new DOMParser().parseFromString(asHtml?.createHTML(text) ?? text, 'text/html');
  return page.querySelector('main#contenu') ? page : undefined;
}

function placeOf(page: Document, path: string, scroll: number): Place {
  const { lang, dir } = page.documentElement;
  return { parts: partsOf(page), lang, dir, path, scroll };
}

// Between two pages of one language only the content changes: what a screen reader is listening to stays.
function partsOf(page: Document): HTMLElement[] {
  return Array.from(page.querySelectorAll('body > header, main, body > footer'));
}

function failed(address: string): void {
  const retry = byId('reessayer');
  if (retry) retry.dataset.adresse = address;
  const said = byId('echec-dit');
  if (said) said.textContent = said.dataset.dit ?? '';
  focusOn(byId('echec'));
}

// The first field of a group, because a group cannot be typed into; otherwise the place itself.
function focusOn(place: HTMLElement | null): void {
  const target = place?.tagName === 'FIELDSET' ? place.querySelector('input') : place;
  if (!target) return;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus();
}

function say(text: string): void {
  const progress = byId('progres');
  if (progress) progress.textContent = text;
}

function hide(id: string, isHidden: boolean): void {
  const element = byId(id);
  if (element) element.hidden = isHidden;
}

function byId(id: string): HTMLElement | null {
  return document.getElementById(id);
}

// Only the choice to switch it off is kept, for the tab. A browser that refuses storage keeps the mode on.
function choseOff(): boolean {
  try {
    return sessionStorage.getItem(choice) === 'non';
  } catch {
    return false;
  }
}

function remember(isOn: boolean): void {
  try {
    if (isOn) sessionStorage.removeItem(choice);
    else sessionStorage.setItem(choice, 'non');
  } catch {
    // Off until the next page only.
  }
}
