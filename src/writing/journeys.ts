// The shape of the words of a journey, in French and in each language, and what a translation may not lose: a sentence, a place
// where something stands, a link, a figure, what is said in French on the phone.
import { z } from 'zod';

const sentence = z
  .string()
  .regex(/^\S(.*\S)?$/, 'une ligne, sans espace au début ni à la fin')
  .refine((written) => written === written.normalize('NFC'), 'des accents décomposés (à recopier en NFC)');
const sentences = z.record(z.string(), sentence);
const dates = z
  .string()
  .refine(
    (tag) => Intl.DateTimeFormat.supportedLocalesOf([tag]).length > 0,
    'une langue connue : en-GB, pt-PT',
  );

/** The words of French. `francais_seul`: only its own form says them; `traductions_seules`: all the others do. */
export const frenchJourneySchema = z.strictObject({
  dates,
  mots: sentences,
  francais_seul: sentences,
  traductions_seules: sentences,
});

/** Those of another language. `relu`: a translator has read them; `retraductions`: what departs from the French, in French. */
export const journeySchema = z.strictObject({
  dates,
  relu: z.boolean('« true » ou « false »'),
  doutes: sentences,
  retraductions: sentences,
  mots: sentences,
});

export type FrenchJourney = z.output<typeof frenchJourneySchema>;
export type Journey = z.output<typeof journeySchema>;

/** The French sentences that every other language says, by key, in order. */
export function toTranslate({ mots, traductions_seules }: FrenchJourney): Record<string, string> {
  return { ...mots, ...traductions_seules };
}

/** What is wrong with a translation, in French, a line each; nothing when it says what the French says. */
export function lostIn(file: string, journey: Journey, french: FrenchJourney): string[] {
  const source = toTranslate(french);
  const { mots, doutes, retraductions } = journey;
  const unknown = [mots, doutes, retraductions].flatMap((words) =>
    Object.keys(words).filter((key) => !(key in source)),
  );
  const script = new Intl.Locale(journey.dates).maximize().script ?? 'Latn';
  return [
    ...unknown.map((key) => `${file}, « ${key} » : le français ne dit rien sous ce nom.`),
    ...Object.entries(source).flatMap(([key, said]) => {
      const word = mots[key];
      if (word === undefined) return [`${file}, « ${key} » : cette phrase manque.`];
      return faultsOf(word, said, script).map((fault) => `${file}, « ${key} » : ${fault}.`);
    }),
  ];
}

const spokenInFrench = ['vous faites erreur', 'Un premier pas', 'hCaptcha', 'galet-sapin 54'];

// Scripts of which every sentence has at least a letter.
const scripts: Record<string, RegExp> = {
  Arab: /\p{Script=Arab}/u,
  Beng: /\p{Script=Beng}/u,
  Cyrl: /\p{Script=Cyrl}/u,
  Hans: /\p{Script=Hani}/u,
  Latn: /\p{Script=Latn}/u,
  Taml: /\p{Script=Taml}/u,
};

function faultsOf(word: string, said: string, script: string): string[] {
  const [here, there] = [word, said].map(
    (text) =>
      text
        .match(/\{[^}]*\}|<[^>]*>/g)
        ?.sort()
        .join(' ') ?? '',
  );
  const kept = [...spokenInFrench, ...(said.match(/\d+/g) ?? [])].filter((piece) => said.includes(piece));
  const words = word.replace(/\{[^}]*\}|<[^>]*>/g, '');
  const own = scripts[script];
  return [
    ...(here === there
      ? []
      : [`il faut les mêmes places et les mêmes balises qu’en français (${there || 'aucune'})`]),
    ...kept.filter((piece) => !word.includes(piece)).map((piece) => `« ${piece} » doit y rester tel quel`),
    ...(own?.test(words) || !/\p{L}{4}/u.test(said.replace(/\{[^}]*\}/g, ''))
      ? []
      : ['aucune lettre de sa langue']),
    ...(word.split('\u2066').length === word.split('\u2069').length
      ? []
      : ['un isolat ouvert n’est pas fermé']),
  ];
}
