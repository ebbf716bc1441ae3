// Checks between files, which may each be right and still disagree: a fact that no text states, a text that names no fact,
// two pages of one title.
import { isPart } from '../service/addresses.ts';
import type { Fact } from './facts.ts';
import type { Text } from './texts.ts';

type Whole = {
  all: Fact[];
  facts: Map<string, Fact>;
  sources: object;
  texts: Text<{ titre: string; description: string }>[];
  /** Those that are no page of their own words. */
  untitled: Text<object>[];
  questions: { faits: string[] }[];
};

/** What is wrong although each file alone is right: in French, with the file and the field. */
export function disagreements({ all, facts, sources, texts, untitled, questions }: Whole): string[] {
  const written = [...texts, ...untitled];
  const used = new Set(written.flatMap(({ keys }) => keys));
  const twice = (values: string[]) => values.filter((value, index) => values.indexOf(value) !== index);
  const pages = texts.filter(({ id }) => !isPart(id));
  return [
    ...twice(all.map(({ key }) => key)).map((key) => `faits : « ${key} » est défini deux fois.`),
    ...all.flatMap(({ key, file, sources: cited }) =>
      cited
        .filter((source) => !(source in sources))
        .map(
          (source) =>
            `${file}, fait « ${key} », champ « sources » : la source ${source} n’est pas dans sources.json.`,
        ),
    ),
    ...written.flatMap(({ file, keys }) =>
      keys
        .filter((key) => !facts.has(key))
        .map((key) => `${file} : le fait « ${key} » n’existe dans aucun fichier de faits/.`),
    ),
    ...questions.flatMap(({ faits }) =>
      faits
        .filter((key) => !facts.has(key))
        .map((key) => `faits/questions.json : le fait « ${key} » n’existe dans aucun fichier de faits/.`),
    ),
    ...written.flatMap(({ file, shown }) =>
      shown
        .filter((key) => facts.has(key) && !facts.get(key)?.text)
        .map((key) => `${file} : {${key}} ne peut pas s’afficher, ce fait n’a pas de « texte ».`),
    ),
    ...all
      .filter(({ key, file }) => !used.has(key) && !alwaysShown(file))
      .map(({ key, file }) => `${file}, fait « ${key} » : aucune page ne le dit.`),
    ...twice(pages.map(({ head }) => head.titre)).map(
      (title) => `Deux pages ont le même titre, « ${title} ».`,
    ),
    ...twice(pages.map(({ head }) => head.description)).map(
      (description) => `Deux pages ont la même description, « ${description} ».`,
    ),
  ];
}

// `/numeros` shows every number of its file.
function alwaysShown(file: string): boolean {
  return file === 'faits/numeros.json';
}
