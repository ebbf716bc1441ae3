// Reads the site without leaving a trail: one address and one title, whatever is read. The pages come by fetch into the
// one that is open. If this script fails, links are ordinary links.
import { byId, focusOn, pageFrom, pressedIn, say, show, write } from './elements.ts';

const slowMs = 300;
const key = 'mode-discret';

/** A page that was read, as it was left, typed answers included. In memory only. */
type Place = { parts: HTMLElement[]; lang: string; dir: string; path: string; scroll: number };

/** Takes over the links of the site, and the switch that gives them back. */
export function start(): void {
  const trail: Place[] = [];
  let isOn = choice();
  let path = location.pathname;
  let reading = new AbortController(); // where it is missing, nothing below is armed: links are ordinary links

  const draw = () => {
    const button = byId('mode-discret');
    if (button) button.setAttribute('aria-pressed', String(isOn));
    if (button) show(button.parentElement);
    show(byId('precedente'), isOn && trail.length > 0);
    show(byId('avis'), isOn && trail.length === 0 && path === location.pathname);
    document.querySelectorAll<HTMLAnchorElement>('nav a').forEach((link) => {
      if (link.pathname === path) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    });
  };

  const keep = () => trail.push(placeOf(document, path, scrollY));

  const go = (place: Place) => {
    const root = document.documentElement;
    const isOtherTongue = root.lang !== place.lang;
    partsOf(document).forEach((part, index) => {
      if (part.tagName === 'MAIN' || isOtherTongue) part.replaceWith(place.parts[index] || part);
    });
    root.lang = place.lang;
    root.dir = place.dir || 'ltr';
    path = place.path;
    dispatchEvent(new Event('contenu'));
    focusOn(document.querySelector('h1'));
    scrollTo(0, place.scroll);
  };

  const giveUp = () => {
    reading.abort();
    reading = new AbortController();
    return reading;
  };

  const open = async (address: string) => {
    const mine = giveUp();
    const slow = setTimeout(() => write(byId('progres')), slowMs);
    const page = await pageFrom(address, mine);
    clearTimeout(slow);
    if (reading !== mine) return; // another page was chosen meanwhile
    say('');
    show(byId('echec'), !page);
    if (!page) return failed(address);
    keep();
    go(placeOf(page, new URL(address).pathname, 0));
  };

  const actions: Record<string, (address: string) => void> = {
    'mode-discret': () => {
      isOn = choice(!isOn);
      draw();
    },
    precedente: () => {
      giveUp();
      say('');
      show(byId('echec'), false);
      const place = trail.pop();
      if (place) go(place);
    },
    reessayer: open,
  };

  addEventListener('click', (event) => {
    const pressed = pressedIn(event, 'a, button');
    if (!pressed || event.defaultPrevented) return;
    const action = pressed.tagName === 'BUTTON' && actions[pressed.id];
    if (action) return action(pressed.dataset.adresse as string);
    if (
      !(pressed instanceof HTMLAnchorElement) ||
      pressed.download ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey
    )
      return;
    const isInside = pressed.origin === location.origin;
    const fragment = /^#/.test(pressed.getAttribute('href') as string) ? pressed.hash.slice(1) : '';
    if (!fragment && !(isOn && /^http/.test(pressed.protocol))) return;
    event.preventDefault();
    if (fragment) focusOn(byId(fragment));
    else if (isInside) void open(pressed.href);
    else location.replace(pressed.href); // its own page says that this other site stays in the history
  });

  draw();
  addEventListener('contenu', draw); // the switch stands at the end of the page
  // The form comes back, or its answer comes: what is being read gives way, and can be come back to.
  addEventListener('remplacement', () => {
    keep();
    path = '/contact';
  });
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
  write(byId('echec-dit'));
  dispatchEvent(new Event('contenu')); // the line that said that it was coming is free again
  focusOn(byId('echec'));
}

// Only the choice to switch it off is kept, for the tab. A browser that refuses storage keeps the mode on.
function choice(isOn?: boolean): boolean {
  try {
    if (isOn) sessionStorage.removeItem(key);
    if (isOn === false) sessionStorage.setItem(key, 'non');
    return sessionStorage.getItem(key) !== 'non';
  } catch {
    return isOn !== false; // off until the next page only
  }
}
