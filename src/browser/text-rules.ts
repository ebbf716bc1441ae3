// Rules for the words of a pasted page: our number, and the hours beside our name or our number.

/**
 * What is ours: the number as it is dialled (`+33…`), the hours as they are written, the host of the site, and the words too
 * revealing for a link.
 */
export type Ours = { number: string; hours: string; host: string; revealing: RegExp };

const fullNumber = /(?:(?:\+|00)33[\s.-]*(?:\(0\)[\s.-]*)?|0)[1-9](?:[\s.-]*\d{2}){4}(?!\d)/g;
const otherNumber = /\d{2}[\s.-]\d{2}[\s.-]\d{2}|\b(?:39\d\d|31\d\d|11\d)\b/;
const mark = '☎';
const ourName = /premier pas|☎/gi;
const nearLetters = 160;

/** What is wrong in words alone, parted by plain spaces: our number missing, another under our name, hours that are not ours. */
export function problemsOfText(text: string, ours: Pick<Ours, 'number' | 'hours'>): string[] {
  // Ours becomes a mark, and what is said of us ends where somebody else's number begins.
  const marked = text.replace(fullNumber, (number) => (dialled(number) === ours.number ? mark : number));
  const places = [...marked.matchAll(ourName)];
  const pieces = places.map(({ index }) => marked.slice(index, index + nearLetters));
  const wrong = pieces.flatMap((piece) =>
    ((piece.split(mark)[0] as string).match(fullNumber) || []).slice(0, 1),
  );
  const said = [
    ...pieces.map((piece) => piece.split(otherNumber)[0] as string),
    ...places.map(({ index }) => before(marked.slice(0, index))),
  ];
  const right = timesIn(ours.hours, '');
  return [
    ...(marked.includes(mark) ? [] : ['Notre numéro manque, ou n’est pas entier.']),
    ...wrong.map((number) => `Le numéro ${number}, près de notre nom, n’est pas le nôtre.`),
    ...said
      .flatMap((piece) => timesIn(piece))
      .filter((time) => !right.includes(time))
      .map((time) => `« ${time} » n’est pas notre horaire : ${ours.hours}.`),
  ];
}

/** Whether a text shows our number, however it is written. */
export function holds(text: string, { number }: Pick<Ours, 'number'>): boolean {
  return (text.match(fullNumber) || []).some((other) => dialled(other) === number);
}

// What leads to our name or number in one sentence: « 24 h/24 : 01… ». Hours that follow another number are its own.
function before(text: string): string {
  const lead = text
    .slice(-80)
    .split(/[.!?] |premier pas/i)
    .pop() as string;
  return otherNumber.test(lead) ? '' : lead;
}

const day = '((?:lun|mar|mercre|jeu|vendre|same)di|dimanche)';
const time = '(\\d\\d?) ?(?:h(?:eures?)?|:) ?([0-5]\\d)?';

// When a text says that we answer, as we would write it: « lundi au vendredi », « 9 h à 17 h » however they are joined, « 18 h »
// alone, « 24h/24 ». What comes after « fermé » says when we do not.
function timesIn(text: string, alone = '(?:dès|jusqu.[àa]|partir de) '): string[] {
  const open = text.toLowerCase().replace(/(?:ferm|sauf|hors|\bne )[^.,;]*/g, '');
  const all = (pattern: string) => [...open.matchAll(new RegExp(pattern, 'g'))];
  const spans = (one: string, link: string) => all(`${one} *(?:${link}|à|-|–|—) *${one}`);
  return [
    ...spans(day, 'au').map(([, from, to]) => `${from} au ${to}`),
    ...spans(time, 'et').map(([, ...at]) => `${clock(at[0], at[1])} à ${clock(at[2], at[3])}`),
    ...all(alone + time).map(([, hour, minute]) => clock(hour, minute)),
    ...all(always).map(([found]) => found),
  ];
}

const always =
  '(?:24 ?h|7 ?j)\\S* ?(?:/|sur) ?(?:24|7)|week-?end|tous les jours|(?:le|et) (?:samedi|dimanche)';

function clock(hour = '', minute = ''): string {
  return `${+hour} h${+minute ? ` ${minute}` : ''}`;
}

// « 01 99 00 12 34 », « +33 (0)1… » and « tel:0033… » are one number.
function dialled(written: string): string {
  return `+33${written.replace(/\(0\)|\D/g, '').replace(/^(0033|33|0)/, '')}`;
}
