// The sheet of a translator: every sentence of a language beside its French, what it says word for word, and what is doubtful;
// printed to be corrected by hand, and read again when it comes back.
import { type FrenchJourney, type Journey, lostIn, toTranslate } from './journeys.ts';

/** Both languages of what is to be read: the sentences of the journey, and the paragraphs of a page. */
type Sheet = {
  name: string;
  journey: Journey;
  french: FrenchJourney;
  /** The text of « partir, effacer, d'autres numéros », in French and in the language. */
  page: { french: string; body: string };
};

const opening = `À relire, à corriger, à renvoyer. Ne changer que les lignes qui commencent par « > » : une seule ligne par phrase.
Laisser les {places}, les <balises>, et les mots qui se disent en français : « vous faites erreur », Un premier pas.`;

/** The sheet, as plain text. */
export function sheetOf({ name, journey, french, page }: Sheet): string {
  const { mots, doutes, retraductions } = journey;
  const sentences = Object.entries(toTranslate(french)).map(([key, said]) =>
    [
      `[${key}]`,
      `  français : ${said}`,
      `> ${mots[key]}`,
      ...(retraductions[key] ? [`  mot à mot : ${retraductions[key]}`] : []),
      ...(doutes[key] ? [`  doute : ${doutes[key]}`] : []),
    ].join('\n'),
  );
  const [there, here] = [page.french, page.body].map(paragraphsOf);
  const paragraphs = (here ?? []).map((written, index) =>
    [
      `[page ${index + 1}]`,
      ...prefixed('  français : ', there?.[index] ?? ''),
      ...prefixed('> ', written),
    ].join('\n'),
  );
  return `${[`${name}\n\n${opening}`, ...sentences, ...paragraphs].join('\n\n')}\n`;
}

/** What came back, or every fault that forbids to take it, a line each. */
export type Returned =
  | { ok: true; journey: Journey; body: string; changed: string[] }
  | { ok: false; faults: string[] };

/** Reads a sheet that came back: a journey that was read, with what was corrected, and the page. */
export function readSheet(written: string, { name, journey, french, page }: Sheet): Returned {
  const said = saidIn(written);
  const mots = Object.fromEntries(Object.keys(toTranslate(french)).map((key) => [key, said.get(key) ?? '']));
  const paragraphs = paragraphsOf(page.body);
  const body = paragraphs.map((_, index) => said.get(`page ${index + 1}`) ?? '');
  const missing = [...Object.entries(mots), ...body.map((one, index) => [`page ${index + 1}`, one] as const)];
  const faults = missing.filter(([, one]) => one === '').map(([key]) => `« ${key} » : aucune ligne « > ».`);
  const read = { ...journey, relu: true, mots };
  if (faults.length === 0) faults.push(...lostIn(name, read, french));
  if (faults.length > 0) return { ok: false, faults };
  const before = [...Object.values(journey.mots), ...paragraphs];
  const keys = [...Object.keys(mots), ...body.map((_, index) => `page ${index + 1}`)];
  const changed = keys.filter((_, index) => [...Object.values(mots), ...body][index] !== before[index]);
  return { ok: true, journey: read, body: `${body.join('\n\n')}\n`, changed };
}

function saidIn(written: string): Map<string, string> {
  const said = new Map<string, string>();
  let key = '';
  for (const line of written.normalize('NFC').split(/\r?\n/)) {
    key = /^\[(.+)\]$/.exec(line)?.[1] ?? key;
    const [, text] = /^> ?(.*)$/.exec(line) ?? [];
    if (text !== undefined)
      said.set(key, [said.get(key), text.trimEnd()].filter((one) => one !== undefined).join('\n'));
  }
  return said;
}

function paragraphsOf(body: string): string[] {
  return body.trim().split(/\n{2,}/);
}

function prefixed(before: string, text: string): string[] {
  return text.split('\n').map((line) => before + line);
}
