// Rules for the words of a pasted page: our number, and the hours beside our name.

/**
 * What is ours: the number as it is dialled (`+33…`), the hours as they are written, the host of the site, and the words too
 * revealing for a link.
 */
export type Ours = { number: string; hours: string; host: string; revealing: RegExp };

const fullNumber = /(?:(?:\+|00)33[\s.-]*(?:\(0\)[\s.-]*)?|0)[1-9](?:[\s.-]*\d{2}){4}(?!\d)/g;
const otherNumber = /\d{2}[\s.-]\d{2}[\s.-]\d{2}|\b(?:39\d\d|31\d\d|11\d)\b/;
const mark = '☎';
const ourName = /premier\s+pas|☎/gi;
const nearLetters = 160;

/** What is wrong in words alone: our number missing, another under our name, hours that are not ours. */
export function problemsOfText(text: string, ours: Pick<Ours, 'number' | 'hours'>): string[] {
  // Ours becomes a mark, and what is said of us ends where somebody else's number begins.
  const marked = text.replace(fullNumber, (number) => (dialled(number) === ours.number ? mark : number));
  const pieces = [...marked.matchAll(ourName)].map(({ index }) => marked.slice(index, index + nearLetters));
  const wrong = pieces.flatMap(
    (piece) => (piece.split(mark)[0] as string).match(fullNumber)?.slice(0, 1) ?? [],
  );
  const right = spansIn(ours.hours);
  return [
    ...(marked.includes(mark) ? [] : ['Notre numéro manque, ou n’est pas entier.']),
    ...wrong.map((number) => `Le numéro ${number}, près de notre nom, n’est pas le nôtre.`),
    ...pieces
      .flatMap((piece) => spansIn(piece.split(otherNumber)[0] as string))
      .filter((span) => !right.includes(span))
      .map((span) => `« ${span} » n’est pas notre horaire : ${ours.hours}.`),
  ];
}

/** Whether a text shows our number, however it is written. */
export function holds(text: string, { number }: Pick<Ours, 'number'>): boolean {
  return (text.match(fullNumber) ?? []).some((other) => dialled(other) === number);
}

// « lundi au vendredi », « 9 h à 17 h »: days and hours, however they are joined.
function spansIn(text: string): string[] {
  const [day, time] = ['((?:lun|mar|mercre|jeu|vendre|same)di|dimanche)', '(\\d{1,2}) ?[h:] ?([0-5]\\d)?'];
  const spans = (one: string, link: string) => [
    ...text.toLowerCase().matchAll(new RegExp(`${one}\\s*(?:${link}|à|-|–|—)\\s*${one}`, 'g')),
  ];
  const clock = (hour = '', minute = '') => `${+hour} h${+minute ? ` ${minute}` : ''}`;
  return [
    ...spans(day, 'au').map(([, from, to]) => `${from} au ${to}`),
    ...spans(time, 'et').map(([, ...at]) => `${clock(at[0], at[1])} à ${clock(at[2], at[3])}`),
  ];
}

// « 01 99 00 12 34 », « +33 (0)1… » and « tel:0033… » are one number.
function dialled(written: string): string {
  return `+33${written.replace(/\(0\)|\D/g, '').replace(/^(0033|33|0)/, '')}`;
}
