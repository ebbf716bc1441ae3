// On the page for partners: reads the HTML that somebody pastes, and says in plain French what is wrong with it. What is
// pasted is never put in the page, sent, or kept. Our number, hours and address come as data of the button.
import { pressedIn } from './elements.ts';

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
    for (const one of all<HTMLElement>(document, '[data-script]')) one.hidden = one.dataset.script === 'sans';
  };
  addEventListener('DOMContentLoaded', reveal);
  addEventListener('contenu', reveal);
  addEventListener('click', (event) => {
    const pressed = pressedIn(event, '#verifier');
    const [pasted] = all<HTMLTextAreaElement>(document, '#code');
    const [verdict] = all(document, '#verdict');
    if (!pressed || !pasted || !verdict) return;
    event.preventDefault(); // nothing is sent
    const { number = '', hours = '', host = location.host } = pressed.dataset;
    tell(
      verdict,
      pasted.value.trim() ? problemsIn(pasted.value, { number, hours, host }) : ['Rien n’est collé.'],
    );
  });
}

/** What is wrong in the HTML of a page or of a piece of one, a sentence each. Needs a browser's `DOMParser`. */
function problemsIn(html: string, ours: Ours): string[] {
  const asHtml = window.trustedTypes?.createPolicy('page', { createHTML: (text) => text });
  const page = new DOMParser().parseFromString(asHtml?.createHTML(html) ?? html, 'text/html');
  const isWhole = /<(html|body)[\s>]/i.test(html);
  const links = all(page, 'a[href]');
  const toUs = links.filter((link) => leadsTo(addressOf(link), ours));
  const about = [...toUs, ...links.filter((link) => callsUs(link, ours))];
  const problems = [
    ...problemsOfText(textOf(page.body), ours),
    ...links.flatMap((link) => problemsOfCall(link, ours)),
    ...toUs.flatMap(problemsOfLink),
    ...links
      .filter((link) => !toUs.includes(link) && addressOf(link).includes(`//${ours.host}`))
      .map((link) => `Le lien ${nameOf(link)} passe par un autre site, qui voit qui le suit.`),
    ...about.flatMap(problemsOfWords),
    ...[...about, ...placesOf(page.body, ours)].flatMap((one) => problemsAround(one, isWhole, ours)),
  ];
  return [...new Set(problems)];
}

/** What is wrong in words alone: our number missing, another under our name, hours that are not ours. */
export function problemsOfText(text: string, ours: Ours): string[] {
  // Ours becomes a mark, and what is said of us ends where somebody else's number begins.
  const marked = text.replace(fullNumber, (found) => (dialled(found) === ours.number ? mark : found));
  const pieces = [...marked.matchAll(ourName)].map(({ index }) => marked.slice(index, index + nearLetters));
  const wrong = pieces.flatMap((piece) => piece.split(mark)[0]?.match(fullNumber)?.[0] ?? []);
  const right = spansIn(ours.hours);
  return [
    ...(marked.includes(mark) ? [] : ['Notre numéro manque, ou n’est pas entier.']),
    ...wrong.map((number) => `Le numéro ${number}, près de notre nom, n’est pas le nôtre.`),
    ...pieces
      .flatMap((piece) => spansIn(piece.split(otherNumber)[0] ?? ''))
      .filter((span) => !right.includes(span))
      .map((span) => `« ${span} » n’est pas notre horaire : ${ours.hours}.`),
  ];
}

// « lundi au vendredi », « 9 h à 17 h »: days and hours, however they are joined.
function spansIn(text: string): string[] {
  const [day, time] = ['((?:lun|mar|mercre|jeu|vendre|same)di|dimanche)', '(\\d{1,2}) ?[h:] ?([0-5]\\d)?'];
  const spans = (one: string, link: string) => [
    ...text.toLowerCase().matchAll(new RegExp(`${one}\\s*(?:${link}|à|-|–|—)\\s*${one}`, 'g')),
  ];
  const said = (hour = '', minute = '') => `${+hour} h${+minute ? ` ${minute}` : ''}`;
  return [
    ...spans(day, 'au').map(([, from, to]) => `${from} au ${to}`),
    ...spans(time, 'et').map(([, ...at]) => `${said(at[0], at[1])} à ${said(at[2], at[3])}`),
  ];
}

// Words on our number must dial it, in the one way that every phone understands.
function problemsOfCall(link: Element, ours: Ours): string[] {
  const href = link.getAttribute('href') ?? '';
  const isDialled = callsUs(link, ours);
  if ((!isDialled && !holds(textOf(link), ours)) || leadsTo(addressOf(link), ours)) return [];
  if (isDialled && /^(tel:(\+33|0)\d{9}|https?:.*)$/.test(href)) return [];
  const fault = !isDialled && /^tel:/.test(href) ? 'en compose un autre' : 'est mal écrit';
  return [`Le lien de notre numéro ${fault} : ${href} au lieu de tel:${ours.number}.`];
}

function problemsOfLink(link: Element): string[] {
  const name = nameOf(link);
  const has = (selector: string) => link.matches(selector);
  return those([
    [has('[href^="http:" i]'), `Le lien ${name} commence par http:// au lieu de https://.`],
    [!has('[rel~=noopener i], [rel~=noreferrer i]'), `Il manque rel="noopener" au lien ${name}.`],
    [
      !has('[referrerpolicy=no-referrer i], [rel~=noreferrer i]'),
      `Il manque referrerpolicy="no-referrer" au lien ${name} : notre site apprend d’où l’on vient.`,
    ],
    [has('[href*="?"], [ping]'), `Le lien ${name} porte un suivi : ${link.getAttribute('href')}.`],
  ]);
}

function problemsOfWords(link: Element): string[] {
  const titles = [link, ...all(link, '*')].flatMap((one) =>
    ['title', 'alt', 'aria-label'].map((name) => one.getAttribute(name) ?? ''),
  );
  return [textOf(link), ...titles]
    .flatMap((words) => revealing.exec(words)?.[0] ?? [])
    .map((word) => `Le lien ${nameOf(link)} contient « ${word} », un mot trop parlant.`);
}

// What stands in the same block as our number or our link, three levels up at most, can learn who looks at it.
function problemsAround(one: Element, isWhole: boolean, ours: Ours): string[] {
  const levels: Element[] = [];
  let at: Element | null = one;
  for (; at && levels.length < 3 && at.tagName !== 'BODY'; at = at.parentElement) levels.push(at);
  // A parser moves a script that comes first to the head.
  if (!isWhole && at?.tagName === 'BODY') levels.push(one.ownerDocument.documentElement);
  const within = levels.slice(-1).flatMap((level) => [level, ...all(level, '*')]);
  const has = (selector: string) => within.some((part) => part.matches(selector));
  const near = 'près de notre numéro ou de notre lien, et peut apprendre qui les regarde.';
  return those([
    [has('script:not([type="application/ld+json"])'), `Un script est collé ${near}`],
    [
      within.some((part) => part.matches('iframe, object, embed') && !leadsTo(addressOf(part, 'src'), ours)),
      `Le cadre d’un autre site est collé ${near}`,
    ],
    [has('img[width="1"], img[height="1"], img[width="0"]'), `Une image invisible est collée ${near}`],
    [
      levels.some((part) => part.getAttributeNames().some((name) => name.startsWith('on'))),
      'Un script est accroché à notre numéro ou à notre lien (attribut « on… »).',
    ],
  ]);
}

// The smallest pieces of the page that show our number.
function placesOf(body: Element, ours: Ours): Element[] {
  const holding = [body, ...all(body, '*')].filter((one) => holds(textOf(one), ours));
  return holding.filter((one) => !holding.some((other) => other.parentElement === one));
}

function callsUs(link: Element, ours: Ours): boolean {
  return holds(decoded(link.getAttribute('href') ?? ''), ours);
}

function holds(text: string, { number }: Ours): boolean {
  return (text.match(fullNumber) ?? []).some((found) => dialled(found) === number);
}

// Texts apart, so that the end of a paragraph and the start of the next are no one word; without scripts and styles.
function textOf(element: Element): string {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let text = '';
  while (walker.nextNode())
    if (!/^(SCRIPT|STYLE)$/.test(walker.currentNode.parentNode?.nodeName ?? ''))
      text += ` ${walker.currentNode.nodeValue}`;
  return text.replace(/\s+/g, ' ').trim();
}

function nameOf(link: Element): string {
  return `« ${textOf(link) || link.getAttribute('href')} »`;
}

function addressOf(element: Element, attribute = 'href'): string {
  return decoded(element.getAttribute(attribute) ?? '');
}

function leadsTo(address: string, { host }: Ours): boolean {
  return new RegExp(`^(https?:)?//(www\\.)?${host.replace(/\./g, '\\.')}(?![\\w.:-])`, 'i').test(
    address.trim(),
  );
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
  return `+33${written.replace(/\(0\)|\D/g, '').replace(/^(0033|33|0)/, '')}`;
}

function those(pairs: [isSo: boolean, problem: string][]): string[] {
  return pairs.filter(([isSo]) => isSo).map(([, problem]) => problem);
}

function all<Kind extends Element>(root: ParentNode, selector: string): Kind[] {
  return Array.from(root.querySelectorAll<Kind>(selector));
}

function tell(verdict: Element, problems: string[]): void {
  verdict.textContent = problems[0] ? `À revoir : ${problems.length}` : 'Rien à corriger.';
  if (!problems[0]) return;
  const list = document.createElement('ul');
  for (const problem of problems)
    list.append(Object.assign(document.createElement('li'), { textContent: problem }));
  verdict.append(list);
}
