// The shape of every Markdown text, and its placeholders: no figure is typed in a text, `{ordonnance-duree}` stands for
// the fact of that name.
import { z } from 'zod';
import { revealing } from '../service/revealing.ts';

const text = z.string().trim().min(1, 'ne peut pas rester vide');
const sober = text.refine(
  (written) => !revealing.test(written),
  'un mot trop parlant : il reste dans l’historique',
);

// A sentence that says where each of these goes, in the order of its language.
const holding = (...places: string[]) =>
  text.refine(
    (written) => places.every((place) => written.split(place).length === 2),
    `une fois ${places.join(', une fois ')}`,
  );

/** Keys of the facts that a text states without a placeholder. */
export const factKeys = z.array(text).default([]);

const common = {
  /** What a tab and a history show. */
  titre: sober,
  /** What Firefox keeps beside it. */
  description: sober,
  /** What the page says of itself, in plain words: its h1. */
  entete: text,
  faits: factKeys,
};

/** The head of a French page. */
export const pageSchema = z.strictObject({
  ...common,
  /** What its h1 adds, smaller. */
  sous_entete: text.optional(),
  /** What comes first, larger: two sentences. */
  chapeau: text.optional(),
});

/** The head of a page of another language that has the words around it elsewhere. */
export const tracesSchema = z.strictObject(common);

/** The head of a text that partners copy: its name in the list. What it says is for anybody to see, unless `nomme`. */
export const kitSchema = z.strictObject({
  titre: sober,
  /** Whether the text names what it is about, as an article does. */
  nomme: z.boolean('« true » ou « false »').default(false),
  faits: factKeys,
});

/** The head of a page in another language, with the words of what surrounds it. */
export const languageSchema = z.strictObject({
  ...common,
  langue: z
    .string()
    .regex(/^[a-z]{2}(-([A-Z][a-z]{3}|[A-Z]{2}))?$/, 'un code de langue : en, pt-PT, zh-Hans'),
  sens: z.enum(['ltr', 'rtl'], '« ltr », ou « rtl » pour une langue qui s’écrit de droite à gauche'),
  nom: text,
  /** Whether it has a poster. */
  affiche: z.boolean('« true » ou « false »'),
  /** Whether a translator has read it. */
  relu: z.boolean('« true » ou « false »'),
  /** The sentence that says that none has. */
  non_relu: text,
  mots: z.strictObject({
    quitter: text,
    quitter_effet: text,
    echap: text,
    contenu: text,
    danger: holding('{17}', '{112}'),
    sans_parler: holding('{114}'),
    sms: holding('{114}'),
    discretion: text,
    discret: text,
    discret_effet: text,
    precedente: text,
    ma_demande: text,
    avis: text,
    chargement: text,
    reseau_faible: text,
    pas_arrivee: text,
    reessayer_possible: text,
    reessayer: text,
    appeler_aussi: holding('{numero}', '{horaires}'),
    non_surtaxe: text,
    horaires: text,
    accroche: text,
    en_francais: text,
    francais: text,
    autres_langues: text,
    service_du: text,
    pied: holding('{numero}', '{horaires}'),
    noscript: text,
  }),
});

/**
 * A Markdown text: its name, its head, its body still with placeholders, the keys of the facts it states, and of those
 * that it shows by a placeholder.
 */
export type Text<Head> = {
  id: string;
  file: string;
  head: Head;
  body: string;
  keys: string[];
  shown: string[];
};

const placeholder = /\{([a-z0-9-]+)\}/g;

/** Keys of the placeholders of a text, in order. */
export function placeholdersIn(written: string): string[] {
  return [...written.matchAll(placeholder)].map((match) => match[1] ?? '');
}

/** The text with each placeholder replaced by what `say` answers for its key. */
export function filled(written: string, say: (key: string) => string): string {
  return written.replace(placeholder, (_, key: string) => say(key));
}

const numerals =
  'deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|quarante|soixante|cent|mille';
const amount = new RegExp(
  `\\b(${numerals})\\s+(minutes?|heures?|jours?|semaines?|mois|ans?|années?|euros?)\\b`,
  'i',
);

/** Figures, durations and amounts that are typed in a Markdown text, each with a few words around it. */
export function typedFigures(written: string): string[] {
  const prose = written
    .replace(placeholder, '')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/^\s*\d+\.\s/gm, '');
  return prose.split('\n').flatMap((line) => {
    const at = line.search(/\d/) < 0 ? line.search(amount) : line.search(/\d/);
    return at < 0 ? [] : [line.slice(Math.max(0, at - 30), at + 30).trim()];
  });
}
