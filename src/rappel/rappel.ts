// The parser of the form: what was posted comes in, a checked `Rappel` or a list of problems goes out.
// After it, types are proof and nobody checks again.
import { z } from 'zod';
import type { Opening } from '../service/service.ts';
import {
  anySlot,
  byProperty,
  type FieldName,
  fieldNames,
  fields,
  type OtherAnswer,
  otherAnswers,
  type Slot,
  slotsOf,
  type Tries,
  tries,
  type Voicemail,
  voicemails,
} from './fields.ts';
import { type CallerPhone, type PhoneRefusal, parsePhone } from './phone.ts';

/** What a caller asks for, every field checked. `undefined` means left empty: carried out in its strictest sense. */
export type Rappel = {
  phone: CallerPhone;
  slots: Slot[];
  avoid: string | undefined;
  otherAnswer: OtherAnswer | undefined;
  otherPhrase: string | undefined;
  voicemail: Voicemail | undefined;
  tries: Tries | undefined;
  codeWord: string | undefined;
  firstName: string | undefined;
  language: string | undefined;
};

/** One thing to correct, in kind French, to be shown beside its field. */
export type Problem = { field: FieldName; message: string };

export type ParsedRappel = { ok: true; rappel: Rappel } | { ok: false; problems: Problem[] };

/** Checks a posted form. Never throws for what a visitor typed. */
export type ParseRappel = (form: FormData) => ParsedRappel;

/**
 * Checks the forms posted to a line: a slot that it does not offer is refused. Free text comes out on one
 * line, without control or text-direction characters, so that nothing typed can forge a line of the e-mail or a header.
 */
export function parserFor(opening: Opening): ParseRappel {
  const schema = schemaFor(slotsOf(opening));
  return (form) => {
    const parsed = schema.safeParse(answersIn(form));
    if (parsed.success) return { ok: true, rappel: parsed.data };
    return { ok: false, problems: firstProblems(parsed.error.issues) };
  };
}

/** A typed text on one line: direction and tag characters go; spaces and control characters become one space. */
export function cleanText(typed: string): string {
  return typed
    .toWellFormed()
    .normalize('NFC')
    .replace(
      /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu,
      '',
    )
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

const phoneMessages: Record<PhoneRefusal, string> = {
  empty: 'Écrivez le numéro où nous pouvons vous appeler.',
  'not-a-number': 'Écrivez le numéro en chiffres, par exemple 01 99 00 12 34. Un + devant est possible.',
  incomplete:
    'Ce numéro ne semble pas complet. Un numéro français a dix chiffres. Un numéro étranger ou d’une collectivité d’outre-mer commence par + : par exemple +32, +508, +689.',
  'too-long':
    'Ce numéro a trop de chiffres. Un numéro français en a dix. Un numéro étranger commence par +. Écrivez un seul numéro.',
  unlike:
    'Ce numéro ne commence pas comme un numéro de téléphone. Un numéro français commence par un seul 0, un numéro étranger par + et le code de son pays.',
  paid: 'Nous ne pouvons pas appeler un numéro surtaxé. Vous pouvez en indiquer un autre.',
  ours: 'Ce numéro est le nôtre. Écrivez celui où nous pouvons vous appeler.',
};

const phone = z.string('Un seul numéro est possible.').transform((typed, context) => {
  const parsed = parsePhone(cleanText(typed));
  if (parsed.ok) return parsed.phone;
  context.addIssue({ code: 'custom', message: phoneMessages[parsed.reason] });
  return z.NEVER;
});

const notOffered = 'Un des moments n’est pas proposé. Choisissez dans le tableau.';

// Any moment at all is not taken back by those ticked beside it.
const slots = (offered: Slot[]) =>
  z
    .array(z.string(notOffered))
    .min(1, 'Choisissez au moins un moment où nous pouvons appeler.')
    .transform((chosen) => (chosen.includes(anySlot.value) ? offered : chosen))
    .refine((chosen) => chosen.every((one) => offered.some((slot) => slot === one)), notOffered)
    .transform((chosen) => offered.filter((slot) => chosen.includes(slot)));

// A summary lists the problems alone: each names its field.
const onlyOne = (name: FieldName) => `${fields[name].name} : une seule réponse est possible.`;

type FreeText = {
  [Name in FieldName]: (typeof fields)[Name] extends { limit: number } ? Name : never;
}[FieldName];

const text = (name: FreeText) =>
  z
    .string(onlyOne(name))
    .transform(cleanText)
    .refine(
      (cleaned) => [...cleaned].length <= fields[name].limit,
      `${fields[name].name} : ${fields[name].limit} caractères au plus.`,
    )
    .transform((cleaned) => cleaned || undefined);

const choice = <Value extends string>(name: FieldName, options: readonly { value: Value }[]) =>
  z
    .string(onlyOne(name))
    .refine(
      (answer) => answer === '' || options.some(({ value }) => value === answer),
      `${fields[name].name} : choisissez une des réponses proposées.`,
    )
    .transform((answer) => options.find(({ value }) => value === answer)?.value);

// A rule between two fields is checked even when a third one is wrong: everything to correct is said at once.
const always = () => true;

function schemaFor(offered: Slot[]) {
  return z
    .object({
      tel: phone,
      quand: slots(offered),
      eviter: text('eviter'),
      tiers: choice('tiers', otherAnswers),
      tiers_phrase: text('tiers_phrase'),
      message: choice('message', voicemails),
      essais: choice('essais', tries),
      mot: text('mot'),
      prenom: text('prenom'),
      langue: text('langue'),
    })
    .refine(({ tiers, tiers_phrase }) => tiers !== 'autre' || tiers_phrase, {
      path: ['tiers_phrase'],
      message: 'Écrivez la phrase à dire, ou choisissez une autre réponse.',
      when: always,
    })
    .refine(({ tiers, tiers_phrase }) => tiers || !tiers_phrase, {
      path: ['tiers'],
      message: 'La phrase à dire est écrite : choisissez ce que nous faisons si quelqu’un d’autre répond.',
      when: always,
    })
    .refine(({ message, mot }) => message !== 'nom' || mot, {
      path: ['message'],
      message:
        'Un message qui dit « Un premier pas » demande un mot convenu : écrivez-le plus bas, ou choisissez un autre message.',
      when: always,
    })
    .transform(
      (answers): Rappel => ({
        ...byProperty(answers),
        otherPhrase: answers.tiers === 'autre' ? answers.tiers_phrase : undefined,
      }),
    );
}

// A field that came twice keeps both values, which its rule then refuses: guessing which one is meant is not ours.
function answersIn(form: FormData): Record<string, unknown> {
  return Object.fromEntries(
    fieldNames.map((name) => {
      const values = form.getAll(name);
      return [name, name === 'quand' || values.length > 1 ? values : (values[0] ?? '')];
    }),
  );
}

function firstProblems(issues: readonly z.core.$ZodIssue[]): Problem[] {
  const byField = new Map<FieldName, string>();
  for (const { path, message } of issues) {
    const field = path[0] as FieldName;
    if (!byField.has(field)) byField.set(field, message);
  }
  return [...byField]
    .map(([field, message]) => ({ field, message }))
    .sort((a, b) => fieldNames.indexOf(a.field) - fieldNames.indexOf(b.field));
}
