// Rules for the HTML of a pasted page: its links to us, and what stands beside them. Needs a browser's `DOMParser`.
import { all } from './elements.ts';
import { documentOf } from './page-from.ts';
import { holds, type Ours, problemsOfText } from './text-rules.ts';

const telling = /(?:violen[ct]|victim|conjuga|maltrait|viol(?=s?\b))[a-zé]*/i;

/** What is wrong in the HTML of a page or of a piece of one, a sentence each. */
export function problemsIn(html: string, ours: Ours): string[] {
  const page = documentOf(html);
  const isWhole = /<(html|body)[\s>]/i.test(html);
  const links = all(page, 'a[href]');
  const toUs = links.filter((link) => leadsTo(addressOf(link), ours));
  const about = [...toUs, ...links.filter((link) => callsUs(link, ours))];
  const places = placesOf(page.body, ours);
  const problems = [
    ...problemsOfText(textOf(page.body), ours),
    ...links.flatMap((link) => problemsOfCall(link, ours)),
    ...toUs.flatMap(problemsOfLink),
    ...links
      .filter((link) => !toUs.includes(link) && addressOf(link).includes(`//${ours.host}`))
      .map((link) => `Le lien ${nameOf(link)} passe par un autre site, qui voit qui le suit.`),
    ...about.flatMap((link) => problemsOfWords(link, ours)),
    ...places.flatMap(problemsBeside),
    ...[...about, ...places].flatMap((one) => problemsAround(one, isWhole, ours)),
  ];
  return [...new Set(problems)];
}

// Words on our number must dial it, in the one way that every phone understands.
function problemsOfCall(link: Element, ours: Ours): string[] {
  const href = attributeOf(link);
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
    [has('[href*="?"], [ping]'), `Le lien ${name} porte un suivi : ${attributeOf(link)}.`],
  ]);
}

function problemsOfWords(link: Element, { revealing }: Ours): string[] {
  const titles = [link, ...all(link, '*')].flatMap((one) =>
    ['title', 'alt', 'aria-label'].map((name) => attributeOf(one, name)),
  );
  return [textOf(link), ...titles]
    .flatMap((words) => words.match(revealing) || [])
    .map((word) => `Le lien ${nameOf(link)} contient « ${word} », un mot trop parlant.`);
}

// Beside a number that a whole town reads, « aide » or « danger » may be about anything: these words may not. A choice of the
// partner's, which the phone of a visitor shows.
function problemsBeside(one: Element): string[] {
  const block = one.closest('p, li, td, dd, div, section, body') as Element;
  return (textOf(block).match(telling) || []).map(
    (word) => `« ${word} », près de notre numéro, dit de quoi il s’agit. À vous de voir.`,
  );
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
      `Un script est accroché (« on… ») ${near}`,
    ],
  ]);
}

// The smallest pieces of the page that show our number.
function placesOf(body: Element, ours: Ours): Element[] {
  const holding = [body, ...all(body, '*')].filter((one) => holds(textOf(one), ours));
  return holding.filter((one) => !holding.some((other) => other.parentElement === one));
}

function callsUs(link: Element, ours: Ours): boolean {
  return holds(addressOf(link), ours);
}

// Texts apart, so that the end of a paragraph and the start of the next are no one word; without scripts and styles.
function textOf(element: Element): string {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let text = '';
  while (walker.nextNode())
    if (!/^(SCRIPT|STYLE)$/.test((walker.currentNode.parentNode as Node).nodeName))
      text += ` ${walker.currentNode.nodeValue}`;
  return text.replace(/\s+/g, ' ').trim();
}

function nameOf(link: Element): string {
  return `« ${textOf(link) || attributeOf(link)} »`;
}

function addressOf(element: Element, attribute?: string): string {
  return decoded(attributeOf(element, attribute));
}

function attributeOf(element: Element, name = 'href'): string {
  return element.getAttribute(name) || '';
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

function those(pairs: [isSo: boolean, problem: string][]): string[] {
  return pairs.filter(([isSo]) => isSo).map(([, problem]) => problem);
}
