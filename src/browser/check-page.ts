// On the page for partners: reads the HTML that somebody pastes, and says in plain French what is wrong with it. What is
// pasted is never put in the page, sent, or kept. Our number, hours and address come as data of the form.

/** What is ours: the number as it is dialled (`+33…`), the hours as they are written, and the host of the site. */
export type Ours = { number: string; hours: string; host: string };

const revealing = /violence|victime|conjugal|abus|viol|danger|urgence|plainte|aide/i;
const fullNumber = /(?:(?:\+|00)33[\s.-]*(?:\(0\)[\s.-]*)?|0)[1-9](?:[\s.-]*\d{2}){4}(?!\d)/g;
const otherNumber = /\d{2}[\s.-]\d{2}[\s.-]\d{2}|\b(?:39\d\d|31\d\d|11\d)\b/;
const mark = '☎';
const ourName = /premier\s+pas|☎/gi;
const nearLetters = 160;

/** Shows what only a script can do, here and each time the page comes back in mode discret. */
export function start(): void {
  const reveal = () => {
    for (const one of Array.from(document.querySelectorAll<HTMLElement>('[data-script]')))
      one.hidden = one.dataset.script === 'sans';
  };
  addEventListener('DOMContentLoaded', reveal);
  addEventListener('contenu', reveal);
  addEventListener('click', (event) => {
    const pressed = event.target instanceof Element ? event.target.closest<HTMLElement>('#verifier') : null;
    const pasted = document.querySelector<HTMLTextAreaElement>('#code');
    const verdict = document.querySelector<HTMLElement>('#verdict');
    if (!pressed || !pasted || !verdict) return;
    if (!pasted.value.trim()) return tell(verdict, ['Rien n’est collé.']);
    const { number = '', hours = '', host = '' } = pressed.dataset;
    tell(verdict, problemsIn(pasted.value, { number, hours, host: host || location.host }));
  });
}

/** What is wrong in the HTML of a page or of a piece of one, a sentence each. Needs a browser's `DOMParser`. */
export function problemsIn(html: string, ours: Ours): string[] {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const isWhole = /<(html|body)[\s>]/i.test(html);
  const links = Array.from(page.querySelectorAll('a[href], area[href]'));
  const toUs = links.filter((link) => leadsTo(addressOf(link), ours.host));
  const aroundUs = [...toUs, ...links.filter((link) => callsUs(link, ours)), ...placesOf(page.body, ours)];
  const problems = [
    ...problemsOfText(textOf(page.body), ours),
    ...links.flatMap((link) => problemsOfCall(link, ours)),
    ...toUs.flatMap((link) => problemsOfLink(link, ours)),
    ...links
      .filter(
        (link) => !toUs.includes(link) && decoded(addressOf(link)?.href ?? '').includes(`//${ours.host}`),
      )
      .map((link) => `Le lien « ${nameOf(link)} » passe par un autre site, qui voit qui le suit.`),
    ...aroundUs.filter((one) => links.includes(one)).flatMap(problemsOfWords),
    ...aroundUs.flatMap((one) => problemsAround(one, isWhole, ours)),
  ];
  return [...new Set(problems)];
}

/** What is wrong in words alone: our number missing, another under our name, hours that are not ours. */
export function problemsOfText(text: string, ours: Ours): string[] {
  // Ours becomes a mark, and what is said of us ends where somebody else's number begins.
  const marked = text.replace(fullNumber, (found) => (dialled(found) === ours.number ? mark : found));
  const pieces = Array.from(marked.matchAll(ourName), ({ index }) =>
    marked.slice(index, index + nearLetters),
  );
  const wrong = pieces.flatMap((piece) => piece.split(mark)[0]?.match(fullNumber)?.[0] ?? []);
  return [
    ...(marked.includes(mark) ? [] : ['Notre numéro manque, ou n’est pas entier.']),
    ...wrong.map((number) => `Le numéro ${number}, près de notre nom, n’est pas le nôtre.`),
    ...pieces.flatMap((piece) => problemsOfHours(piece.split(otherNumber)[0] ?? '', ours)),
  ];
}

function problemsOfHours(text: string, { hours }: Ours): string[] {
  const [days, times] = [daysIn(hours), timesIn(hours)];
  return [
    ...daysIn(text).filter((span) => days.length > 0 && !days.includes(span)),
    ...timesIn(text).filter((span) => !times.includes(span)),
  ].map((span) => `« ${span} » n’est pas notre horaire : ${hours}.`);
}

function daysIn(text: string): string[] {
  const day = '(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)';
  const spans = text.toLowerCase().matchAll(new RegExp(`${day}\\s*(?:au|à|-|–|—)\\s*${day}`, 'g'));
  return Array.from(spans, ([, from, to]) => `${from} au ${to}`);
}

function timesIn(text: string): string[] {
  const time = '(\\d{1,2})\\s*[h:]\\s*([0-5]\\d)?';
  const spans = text.toLowerCase().matchAll(new RegExp(`${time}\\s*(?:à|-|–|—|et)\\s*${time}`, 'g'));
  const said = (hour = '', minute = '') => `${Number(hour)} h${Number(minute) ? ` ${minute}` : ''}`;
  return Array.from(spans, (found) => `${said(found[1], found[2])} à ${said(found[3], found[4])}`);
}

// Words on our number must dial it, in the one way that every phone understands.
function problemsOfCall(link: Element, ours: Ours): string[] {
  const href = link.getAttribute('href') ?? '';
  const shown = Array.from(textOf(link).matchAll(fullNumber), ([number]) => dialled(number));
  const isShown = shown.includes(ours.number);
  const isDialled = callsUs(link, ours) && !/^https?:/i.test(href);
  if (!isShown && !isDialled) return [];
  if (isDialled && shown.length > 0 && !isShown)
    return [`Le lien ${href} compose notre numéro, mais en montre un autre.`];
  if (isDialled && /^tel:(\+33|0)\d{9}$/.test(href)) return [];
  if (!isDialled && /^tel:/i.test(href))
    return [`Le lien de notre numéro en compose un autre : ${href} au lieu de tel:${ours.number}.`];
  if (leadsTo(addressOf(link), ours.host)) return []; // the number may lead to our page
  return [`Le lien de notre numéro est mal écrit : ${href} au lieu de tel:${ours.number}.`];
}

function problemsOfLink(link: Element, ours: Ours): string[] {
  const name = nameOf(link);
  const rel = (link.getAttribute('rel') ?? '').toLowerCase().split(/\s+/);
  const keepsQuiet = rel.includes('noreferrer') || link.getAttribute('referrerpolicy') === 'no-referrer';
  const address = addressOf(link);
  return [
    address?.protocol === 'http:' && `Le lien « ${name} » commence par http:// au lieu de https://.`,
    !rel.includes('noopener') &&
      !rel.includes('noreferrer') &&
      `Il manque rel="noopener" au lien « ${name} ».`,
    !keepsQuiet &&
      `Il manque referrerpolicy="no-referrer" au lien « ${name} » : sans lui, ${ours.host} apprend d’où l’on vient.`,
    !!address?.search &&
      `L’adresse du lien « ${name} » porte un suivi après le point d’interrogation : ${address.search}`,
    link.hasAttribute('ping') && `Le lien « ${name} » prévient un autre site (ping).`,
  ].filter((problem) => typeof problem === 'string');
}

function problemsOfWords(link: Element): string[] {
  const titles = [link, ...Array.from(link.querySelectorAll('[title], [alt], [aria-label]'))].flatMap((one) =>
    ['title', 'alt', 'aria-label'].map((name) => one.getAttribute(name) ?? ''),
  );
  return [textOf(link), ...titles]
    .map((words) => revealing.exec(words)?.[0])
    .filter((word) => word !== undefined)
    .map((word) => `Le lien « ${nameOf(link)} » contient « ${word} », un mot trop parlant.`);
}

// What stands in the same block as our number or our link, three levels up at most, can learn who looks at it.
function problemsAround(link: Element, isWhole: boolean, ours: Ours): string[] {
  const levels: Element[] = [];
  for (let at: Element | null = link; at && levels.length < 4 && at.tagName !== 'BODY'; at = at.parentElement)
    levels.push(at);
  const root = link.ownerDocument.documentElement; // a parser moves a script that comes first to the head
  if (!isWhole && (levels.length === 0 || levels.at(-1)?.parentElement?.tagName === 'BODY'))
    levels.push(root);
  const within = levels.at(-1);
  const has = (selector: string) => !!within?.matches(selector) || !!within?.querySelector(selector);
  const frames = Array.from(within?.querySelectorAll('iframe, object, embed') ?? []);
  const isOurs = (frame: Element) => leadsTo(addressOf(frame, 'src'), ours.host);
  const listens = levels.some((one) => Array.from(one.attributes).some(({ name }) => /^on/.test(name)));
  return [
    has('script:not([type="application/ld+json"])') &&
      'Un script est collé près de notre numéro ou de notre lien : il peut apprendre qui les regarde.',
    listens && 'Un script est accroché à notre numéro ou à notre lien (un attribut « on… »).',
    frames.some((frame) => !isOurs(frame)) &&
      'Le cadre d’un autre site (iframe) est collé près de notre numéro ou de notre lien.',
    has('img[width="1"], img[height="1"], img[width="0"], img[height="0"]') &&
      'Une image invisible est collée près de notre numéro ou de notre lien : elle sert à suivre.',
  ].filter((problem) => typeof problem === 'string');
}

function callsUs(link: Element, ours: Ours): boolean {
  return holds(decoded(link.getAttribute('href') ?? ''), ours);
}

// The smallest pieces of the page that show our number.
function placesOf(body: Element, ours: Ours): Element[] {
  return [body, ...Array.from(body.querySelectorAll('*'))].filter(
    (one) =>
      holds(textOf(one), ours) && !Array.from(one.children).some((child) => holds(textOf(child), ours)),
  );
}

function holds(text: string, { number }: Ours): boolean {
  return (text.match(fullNumber) ?? []).some((found) => dialled(found) === number);
}

// Texts apart, so that the end of a paragraph and the start of the next are no one word; without scripts and styles.
function textOf(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const unread of Array.from(copy.querySelectorAll('script, style, template'))) unread.remove();
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  const texts: string[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode.nodeValue ?? '');
  return texts.join(' ').replace(/\s+/g, ' ').trim();
}

function nameOf(link: Element): string {
  return textOf(link) || (link.getAttribute('href') ?? '');
}

function addressOf(element: Element, attribute = 'href'): URL | null {
  try {
    return new URL(element.getAttribute(attribute) ?? '', 'https://relatif.invalid');
  } catch {
    return null;
  }
}

function leadsTo(address: URL | null, host: string): boolean {
  const bare = (name = '') => name.replace(/^www\./, '');
  return !!address && bare(address.host) === bare(host);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// « 01 99 00 12 34 », « +33 (0)1… » and « tel:0033… » are one number.
function dialled(written: string): string {
  const figures = written
    .replace(/\(0\)/, '')
    .replace(/\D/g, '')
    .replace(/^(0033|33|0)/, '');
  return `+33${figures}`;
}

function tell(verdict: HTMLElement, problems: string[]): void {
  const list = document.createElement('ul');
  for (const problem of problems)
    list.append(Object.assign(document.createElement('li'), { textContent: problem }));
  const count = problems.length === 1 ? 'Un point à revoir :' : `${problems.length} points à revoir :`;
  verdict.replaceChildren(
    problems.length === 0 ? 'Rien à corriger.' : count,
    ...(problems.length ? [list] : []),
  );
}
