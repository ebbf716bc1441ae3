// Mode discret: reads the site without leaving a trail, at one address and under one title, whatever is read. The pages
// come by fetch into the one that is open. If this script fails, links are ordinary links.
import { onContent, tellContent } from './content-event.ts';
import { byId, focusOn, pressedIn, say, show, write } from './elements.ts';
import { pageFrom, takeIn } from './page-from.ts';

const slowMs = 300;
const key = 'mode-discret';

/** A page that was read, as it was left, typed answers included. In memory only. */
type Place = { parts: HTMLElement[]; lang: string; dir: string; path: string; scroll: number };

const trail: Place[] = []; // what Page précédente goes back through
let request: Place | undefined; // the page that confirms it, once it was left: nothing else would lead there again
const actions: Record<string, (address: string) => void> = {
  'mode-discret': turn,
  precedente: goBack,
  'ma-demande': returnToRequest,
  reessayer: open,
};
let isOn: boolean;
let path: string; // of the page that is read
let reading: AbortController; // of the page on its way

/** Takes over the links of the site, and the switch that gives them back. */
export function start(): void {
  isOn = choice();
  path = location.pathname;
  reading = new AbortController(); // where it is missing, nothing below is armed: links are ordinary links
  addEventListener('click', onClick);
  onContent(draw); // the switch stands at the end of the page
  addEventListener('depart', leave);
  addEventListener('pagehide', leave); // a browser may bring the page back as it was
  // The form comes back, or its answer comes: what is being read gives way, and can be come back to.
  addEventListener('remplacement', () => {
    keep();
    path = '/contact';
  });
}

function onClick(event: MouseEvent): void {
  const pressed = pressedIn<HTMLAnchorElement>(event, 'a, button');
  if (!pressed || event.defaultPrevented) return;
  const action = actions[pressed.id];
  if (action) action(pressed.dataset.adresse as string);
  else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) follow(pressed, event);
}

// Within the page, within the site, or out of it. A button that is not ours here leads nowhere: it has no address.
function follow(link: HTMLAnchorElement, event: Event): void {
  const fragment = /^#/.test(link.getAttribute('href') as string) ? link.hash.slice(1) : '';
  if (link.download || !(fragment || (isOn && /^http/.test(link.protocol)))) return;
  event.preventDefault();
  if (fragment) focusOn(byId(fragment));
  else if (link.origin === location.origin) void open(link.href);
  else location.replace(link.href); // its own page says that this other site stays in the history
}

async function open(address: string): Promise<void> {
  const mine = giveUp();
  const slow = setTimeout(() => write(byId('progres')), slowMs);
  const page = await pageFrom(address, mine);
  clearTimeout(slow);
  if (reading !== mine) return; // another page was chosen meanwhile
  say('');
  show(byId('echec'), !page);
  if (!page) return fail(address);
  keep();
  takeIn(page);
  go(placeOf(page, new URL(address).pathname, 0));
}

// What was on its way comes no more.
function giveUp(): AbortController {
  reading.abort();
  reading = new AbortController();
  return reading;
}

function goBack(): void {
  stay();
  const place = trail.pop();
  if (!place) return;
  leave();
  go(place);
}

function returnToRequest(): void {
  stay();
  keep();
  go(request as Place);
}

function stay(): void {
  giveUp();
  say('');
  show(byId('echec'), false);
}

function turn(): void {
  isOn = choice(!isOn);
  draw();
}

function keep(): void {
  trail.push(leave());
}

function leave(): Place {
  const boxes = byId('cases') as HTMLFormElement | null;
  if (boxes) boxes.reset(); // they help to think: nothing keeps them, not even the way back
  const place = placeOf(document, path, scrollY);
  if (byId('suite')) request = place;
  return place;
}

function go(place: Place): void {
  const root = document.documentElement;
  const isOtherTongue = root.lang !== place.lang;
  partsOf(document).forEach((part, index) => {
    if (part.tagName === 'MAIN' || isOtherTongue) part.replaceWith(place.parts[index] || part);
  });
  root.lang = place.lang;
  root.dir = place.dir || 'ltr';
  path = place.path;
  tellContent();
  focusOn(document.querySelector('h1'));
  scrollTo(0, place.scroll);
}

function fail(address: string): void {
  const retry = byId('reessayer');
  if (retry) retry.dataset.adresse = address;
  write(byId('echec-dit'));
  tellContent(); // the line that said that it was coming is free again
  focusOn(byId('echec'));
}

function draw(): void {
  const button = byId('mode-discret');
  const isFirst = trail.length === 0;
  if (button) button.setAttribute('aria-pressed', String(isOn));
  if (button) show(button.parentElement);
  show(byId('precedente'), isOn && !isFirst);
  show(byId('ma-demande'), isOn && !!request && !byId('suite'));
  // Said once, in the page that comes first, under what matters more.
  const notice = byId('avis');
  const block = document.querySelector('main .number');
  if (notice && block && isFirst && block.nextSibling !== notice) block.after(notice);
  show(notice, isOn && isFirst && !!block && path === location.pathname);
  document.querySelectorAll<HTMLAnchorElement>('footer nav a').forEach((link) => {
    if (link.pathname === path) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
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
