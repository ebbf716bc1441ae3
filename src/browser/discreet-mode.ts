// Mode discret: reads the site without leaving a trail, at one address and under one title, whatever is read. The pages
// come by fetch into the one that is open. If this script fails, links are ordinary links.
import { onContent, tellContent } from './content-event.ts';
import { byId, focusOn, pressedIn, say, show, speakAs, write } from './elements.ts';
import { pageFrom, takeIn } from './page-from.ts';

const slowMs = 300;
const off = 'onglet-ordinaire'; // says nothing to another site, if a browser let it read

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
const partnersRead = /^\/(kit|pros)\b/; // what is copied there is for others: it leads where it says
let isOn: boolean;
let disguised: HTMLAnchorElement | null; // the link under the finger
let address: string; // where it leads
let path: string; // of the page that is read
let reading: AbortController; // of the page on its way

/** Takes over the links of the site, and the switch that gives them back. */
export function start(): void {
  isOn = choice();
  path = location.pathname;
  reading = new AbortController(); // where it is missing, nothing below is armed: links are ordinary links
  addEventListener('click', onClick);
  addEventListener('auxclick', onClick);
  addEventListener('pointerdown', disguise);
  addEventListener('contextmenu', disguise); // by the keyboard
  addEventListener('keydown', onKey);
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
  if (!pressed || event.defaultPrevented || event.button > 1) return;
  undisguise();
  const action = actions[pressed.id];
  if (!action) follow(pressed, event);
  else if (!event.button) action(pressed.dataset.adresse as string);
}

// Within the page, within the site, or out of it. A button that is not ours here leads nowhere: it has no address. Another tab
// would stay in the history after it was closed: in this mode, whatever the click asks for, the site is read in this one.
function follow(link: HTMLAnchorElement, event: MouseEvent): void {
  const fragment = /^#/.test(link.getAttribute('href') as string) ? link.hash.slice(1) : '';
  if (link.download || !(fragment || (isOn && /^http/.test(link.protocol)))) return;
  const isOurs = link.origin === location.origin;
  const asksForTab = event.button || event.ctrlKey || event.metaKey || event.shiftKey;
  if (asksForTab && !(isOn && isOurs)) return;
  event.preventDefault();
  if (fragment) focusOn(byId(fragment));
  else if (isOurs) void open(link.href);
  else location.replace(link.href); // its own page says that this other site stays in the history
}

// What is opened in a tab from a menu, copied, dragged or bookmarked is the address of the page that is open, under its
// sober title: nothing else of the site enters the history.
function disguise(event: Event): void {
  undisguise();
  disguised = isOn && !partnersRead.test(path) ? pressedIn(event, 'a[href^="/"]:not([download])') : null;
  if (!disguised) return;
  address = disguised.getAttribute('href') as string;
  disguised.href = location.href;
}

function undisguise(): void {
  if (disguised) disguised.setAttribute('href', address);
  disguised = null;
}

// A reload forgets what was typed; a page that is saved is a file, in Firefox with what was typed.
function onKey(event: KeyboardEvent): void {
  const withKey = event.ctrlKey || event.metaKey;
  if (isOn && (withKey ? /^([rs]|f5)$/i : /^F5$/).test(event.key)) event.preventDefault();
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
  speakAs(root, place);
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
  // Said once, in the page that comes first, under what matters more, which something follows: while it grows, it would push.
  const notice = byId('avis');
  const block = document.querySelector(
    'main .number:not(:last-child),main :not(:last-child)>.number,main:not(:last-child) .number',
  );
  if (notice && block && isFirst && block.nextSibling !== notice) block.after(notice);
  show(notice, isOn && isFirst && !!block);
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

// Only the choice to switch it off is kept, in the name of the tab: no file holds it.
function choice(isOn?: boolean): boolean {
  if (isOn !== undefined) window.name = isOn ? '' : off;
  return window.name !== off;
}
