// The shape of each file of src/content/faits/, and what is refused there. Those who edit these files read French, so
// what is wrong is said in French, with the file and the field.
import { z } from 'zod';

z.config(z.locales.fr());

/** Words that are there. */
export const text = z.string().trim().min(1, 'ne peut pas rester vide');

/** A day of the calendar. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'une date s’écrit 2027-05-07')
  .refine((written) => dateIn(written) !== undefined, 'cette date n’existe pas au calendrier');

/** How sure a fact is, in the words of the fact sheet. Only the first may be shown without somebody's decision. */
export const confidences = ['sûr', 'à confirmer', 'connaissance générale', 'non établi'] as const;

const evidence = {
  /** Where the fact sheet says it. */
  fiche: text,
  /** Numbers of sources.json. */
  sources: z.array(z.int()),
  /** Of the newest source. */
  date: z.string().regex(/^\d{4}(-\d{2}){0,2}$/, 'une date s’écrit 2024, 2024-06 ou 2024-06-13'),
  /** When somebody of the team last checked it. */
  revu: day.optional(),
  confiance: z.enum(confidences, `« ${confidences.join(' », « ')} »`),
  /** What the Département must confirm. */
  question: text.optional(),
  /** Who decided to show it although it is not sure, and why. */
  decision: z.strictObject({ par: text, pourquoi: text }).optional(),
};

type Evidence = { confiance: string; question?: string | undefined; decision?: unknown };

const mayBeShown = ({ confiance, decision }: Evidence) => confiance === 'sûr' || !!decision;
const isAsked = ({ confiance, question }: Evidence) => confiance === 'sûr' || !!question;
const notSure = {
  path: ['confiance'],
  error: 'un fait qui n’est pas « sûr » ne s’affiche pas, sauf si « decision » dit qui l’a voulu et pourquoi',
};
const notAsked = { path: ['question'], error: 'un fait qui n’est pas « sûr » dit ce qui reste à confirmer' };

/** Where help is, near one's home: what `/apres` shows of it, under its commune. */
const nearSchema = z.strictObject({
  commune: text,
  nom: text,
  quoi: text,
  quand: text.optional(),
  telephone: z
    .string()
    .regex(/^0\d( \d\d){4}$/, 'un numéro s’écrit 01 99 00 12 34')
    .optional(),
});

/** A fact that pages state. `texte` is what stands for `{its-key}` in a text, `lien` where it leads. */
const factSchema = z
  .strictObject({
    enonce: text,
    texte: text.optional(),
    lien: z.url().optional(),
    pres: nearSchema.optional(),
    ...evidence,
  })
  .refine(mayBeShown, notSure)
  .refine(isAsked, notAsked)
  .refine(({ texte, lien }) => texte || !lien, { path: ['lien'], error: 'un lien va avec un « texte »' });

export const factsSchema = z.record(text, factSchema);

/** A number to reach help. */
const helplineSchema = z
  .strictObject({
    cle: text,
    nom: text,
    numero: text,
    lien: z.string().regex(/^(tel|sms):\d+$/, 'un lien s’écrit tel:3919 ou sms:114'),
    pour_qui: text,
    quand: text.optional(),
    cout: text.optional(),
    trace: text.optional(),
    sans_parler: text.optional(),
    ...evidence,
  })
  .refine(mayBeShown, notSure)
  .refine(isAsked, notAsked)
  .refine(({ numero, lien }) => lien.endsWith(`:${numero.replaceAll(' ', '')}`), {
    path: ['lien'],
    error: 'le lien compose un autre numéro',
  });

export const helplinesSchema = z.array(helplineSchema);

export const sourcesSchema = z.record(
  z.string().regex(/^\d+$/, 'le numéro d’une source'),
  z.strictObject({ titre: text, adresse: z.url().optional() }),
);

/**
 * What must be confirmed that no fact asks by itself: a choice, a name, a procedure. `bloque`: the site does not open without
 * it. `faits`: keys of facts that the answer settles too; what they ask is not asked again.
 */
export const questionsSchema = z.array(
  z.strictObject({
    question: text,
    ou: text,
    bloque: z.boolean('« true » ou « false »').default(false),
    faits: z.array(text).default([]),
  }),
);

/** A fact, of whatever file, as lists of facts need it. */
export type Fact = {
  key: string;
  file: string;
  statement: string;
  text: string | undefined;
  link: string | undefined;
  sources: number[];
  date: string;
  reviewed: string | undefined;
  confidence: (typeof confidences)[number];
  question: string | undefined;
  decision: { par: string; pourquoi: string } | undefined;
};

/** A fact of a file of facts. */
export function factOf(file: string, key: string, entry: z.output<typeof factSchema>): Fact {
  return { key, file, statement: entry.enonce, text: entry.texte, link: entry.lien, ...evidenceOf(entry) };
}

/** A helpline, as a fact. */
export function helplineFact(file: string, entry: z.output<typeof helplineSchema>): Fact {
  const parts = [
    entry.nom,
    entry.numero,
    entry.pour_qui,
    entry.quand,
    entry.cout,
    entry.trace,
    entry.sans_parler,
  ];
  return {
    key: entry.cle,
    file,
    statement: parts.filter(Boolean).join(' ; '),
    text: entry.numero,
    link: entry.lien,
    ...evidenceOf(entry),
  };
}

function evidenceOf(entry: Omit<z.output<typeof factSchema>, 'enonce' | 'texte' | 'lien'>) {
  return {
    sources: entry.sources,
    date: entry.date,
    reviewed: entry.revu,
    confidence: entry.confiance,
    question: entry.question,
    decision: entry.decision,
  };
}

/** The day of the calendar that is written `2027-05-07`, or undefined when there is none. */
export function dateIn(written: string): Temporal.PlainDate | undefined {
  const [year = 0, month = 0, day = 0] = written.split('-').map(Number);
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined; // no such day
  }
}
