// Reads the folder of those who write, whole, and refuses it whole: every mistake is told at once, in French, with its
// file and its field, before a single page is built.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { revealing } from '../service/revealing.ts';
import { publisherNames } from '../settings/publisher.ts';
import { disagreements } from './cross-checks.ts';
import { doubtsIn } from './doubt.ts';
import {
  type Fact,
  factOf,
  factsSchema,
  helplineFact,
  helplinesSchema,
  questionsSchema,
  sourcesSchema,
} from './facts.ts';
import { type FrenchJourney, frenchJourneySchema, type Journey, journeySchema, lostIn } from './journeys.ts';
import { lineSchema } from './line.ts';
import {
  kitSchema,
  languageSchema,
  pageSchema,
  placeholdersIn,
  type Text,
  tracesSchema,
  typedFigures,
} from './texts.ts';
import { faultsOfSounds, voiceSchema } from './voices.ts';

/** Everything that the folder holds. */
export type Content = {
  line: z.output<typeof lineSchema>;
  facts: Map<string, Fact>;
  sources: z.output<typeof sourcesSchema>;
  questions: z.output<typeof questionsSchema>;
  pages: Text<z.output<typeof pageSchema>>[];
  languages: Text<z.output<typeof languageSchema>>[];
  /** How to leave, to erase, and whom else to call, in each language; the French one is there to be translated. */
  traces: Text<z.output<typeof tracesSchema>>[];
  /** What is to be heard, in languages that are seldom read. */
  voices: Text<z.output<typeof voiceSchema>>[];
  /** The words of the journey of a request: in French, and by the name of each other language. */
  frenchJourney: FrenchJourney;
  journeys: Map<string, Journey>;
  /** Plain texts that partners copy. */
  kit: Text<z.output<typeof kitSchema>>[];
};

/** What is wrong in the folder; its message is for those who write. */
export class ContentError extends Error {
  override name = 'ContentError';
}

/** Placeholders that are no fact of their own, and the fact that each rests on. */
const aliases: Record<string, string> = {
  numero: 'ligne-numero',
  horaires: 'ligne-horaires',
  ouvre: 'ligne-horaires',
  ferme: 'ligne-horaires',
};

/** Whether a placeholder is no fact: a name that the settings give, a drawing, the address of the site. */
const isNoFact = (key: string) => key in publisherNames || /^image-|^adresse$/.test(key);

/** Reads and checks the folder. Throws `ContentError` with every mistake, a line each. */
export function readContent(folder: string): Content {
  const problems: string[] = [];
  const json = <Shape extends z.ZodType>(file: string, shape: Shape): z.output<Shape> | undefined => {
    const source = readFileSync(join(folder, file), 'utf8');
    problems.push(...doubtsIn(file, source));
    return checked(file, () => parseJson(source), shape, problems);
  };
  const data = <Shape extends z.ZodType>(name: string, shape: Shape) => json(`faits/${name}.json`, shape);
  const line = data('ligne', lineSchema);
  const sources = data('sources', sourcesSchema) ?? {};
  const questions = data('questions', questionsSchema) ?? [];
  const helplines = data('numeros', helplinesSchema) ?? [];
  const others = namesIn(folder, 'faits', '.json').filter((name) => !otherShapes.includes(name));
  const all = [
    ...helplines.map((entry) => helplineFact('faits/numeros.json', entry)),
    ...others.flatMap((name) =>
      Object.entries(data(name, factsSchema) ?? {}).map(([key, entry]) =>
        factOf(`faits/${name}.json`, key, entry),
      ),
    ),
  ];
  const facts = new Map(all.map((fact) => [fact.key, fact]));
  const pages = texts(folder, 'pages', pageSchema, problems);
  const languages = texts(folder, 'langues', languageSchema, problems);
  const traces = texts(folder, 'traces', tracesSchema, problems);
  const voices = texts(folder, 'voix', voiceSchema, problems);
  const kit = texts(folder, 'partenaires', kitSchema, problems);
  for (const { file, head, body } of kit)
    if (!head.nomme && revealing.test(body))
      problems.push(`${file} : un mot trop parlant, pour un texte que tous peuvent voir.`);
  if (problems.length === 0)
    problems.push(
      ...disagreements({
        all,
        facts,
        sources,
        texts: [...pages, ...languages, ...traces.filter(({ id }) => id !== 'francais')],
        untitled: [...kit, ...voices],
        questions,
      }),
    );
  problems.push(...faultsOfSounds(folder, namesIn(folder, 'voix', '.md')));
  const frenchJourney = json('langues/francais.json', frenchJourneySchema);
  const journeys = new Map<string, Journey>();
  for (const { id } of languages) {
    if (!traces.some((text) => text.id === id)) problems.push(`traces/${id}.md : ce fichier manque.`);
    const file = `langues/${id}.json`;
    const journey = json(file, journeySchema);
    if (!journey || !frenchJourney) continue;
    journeys.set(id, journey);
    problems.push(...lostIn(file, journey, frenchJourney));
  }
  if (problems.length > 0 || !line || !frenchJourney) throw new ContentError(listOf(problems));
  return { line, facts, sources, questions, pages, languages, traces, voices, frenchJourney, journeys, kit };
}

const otherShapes = ['ligne', 'sources', 'questions', 'numeros'];

// The key of the fact that a placeholder or a head names.
function factKey(named: string): string {
  return aliases[named] ?? named;
}

function texts<Shape extends z.ZodType<{ faits: string[] }>>(
  folder: string,
  room: string,
  shape: Shape,
  problems: string[],
): Text<z.output<Shape>>[] {
  return namesIn(folder, room, '.md').flatMap((id) => {
    const file = `${room}/${id}.md`;
    const source = readFileSync(join(folder, file), 'utf8');
    problems.push(...doubtsIn(file, source));
    const [, top = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [];
    const head = checked(file, () => parseYaml(top), shape, problems);
    for (const figure of typedFigures(body))
      problems.push(
        `${file} : un chiffre ou une durée est écrit dans le texte, au lieu d’un {fait} : « ${figure} ».`,
      );
    if (!head) return [];
    const shown = placeholdersIn(source).filter((key) => !isNoFact(key));
    const keys = [...new Set([...head.faits, ...shown].map(factKey))];
    return [{ id, file, head, body, keys, shown: shown.filter((key) => !(key in aliases)) }];
  });
}

function checked<Shape extends z.ZodType>(
  file: string,
  read: () => unknown,
  shape: Shape,
  problems: string[],
): z.output<Shape> | undefined {
  try {
    const parsed = shape.safeParse(read());
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) {
      const field = path.length > 0 ? `, champ « ${path.join(' › ')} »` : '';
      problems.push(`${file}${field} : ${message}.`);
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    problems.push(`${file} : ${error.message}.`);
  }
  return undefined;
}

class Unreadable extends Error {}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    const at = /position (\d+)/.exec(String(error))?.[1];
    const line = at ? `, vers la ligne ${source.slice(0, Number(at)).split('\n').length}` : '';
    throw new Unreadable(
      `ce fichier ne se lit pas${line} : une virgule, un guillemet ou une accolade manque ou dépasse`,
    );
  }
}

function parseYaml(source: string): unknown {
  try {
    return parse(source);
  } catch (error) {
    const line = (error as { linePos?: { line: number }[] }).linePos?.[0]?.line;
    throw new Unreadable(
      `l’en-tête entre les lignes « --- » ne se lit pas${line ? `, vers la ligne ${line + 1}` : ''}`,
    );
  }
}

// A room that holds nothing yet is not there.
function namesIn(folder: string, room: string, ending: string): string[] {
  return globSync(`*${ending}`, { cwd: join(folder, room) })
    .map((name) => name.slice(0, -ending.length))
    .sort();
}

function listOf(problems: string[]): string {
  return `\nDans src/content :\n${problems.map((problem) => `- ${problem}`).join('\n')}\n`;
}
