// The parser of the form: what was posted comes in, a checked `Rappel` or a list of problems goes out.
// After it, types are proof and nobody checks again.
import { z } from 'zod';
import type { Opening } from '../service/service.ts';
import type { OtherTongue, Tongue } from '../service/tongues.ts';
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
  writtenSlots,
} from './fields.ts';
import { type CallerPhone, type PhoneRefusal, parsePhone } from './phone.ts';
import type { Problem, ProblemWord } from './problems.ts';

/**
 * What a caller asks for, every field checked. `undefined` means left empty: carried out in its strictest sense. `readIn`: the
 * language of the form, when it was not French.
 */
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
  readIn?: OtherTongue;
};

export type ParsedRappel = { ok: true; rappel: Rappel } | { ok: false; problems: Problem[] };

/** Checks a form posted in a language. Never throws for what a visitor typed. */
export type ParseRappel = (form: FormData, tongue?: Tongue) => ParsedRappel;

/**
 * Checks the forms posted to a line: a slot that it does not offer is refused. Free text comes out on one
 * line, without control or text-direction characters, so that nothing typed can forge a line of the e-mail or a header.
 *
 * A form in another language asks for no text that forbids a call, since nobody may be there to read it: the moments to avoid
 * are ticked, and taken from those that are allowed.
 */
export function parserFor(opening: Opening): ParseRappel {
  const offered = slotsOf(opening);
  const french = schemaFor(offered, otherAnswers);
  const translated = schemaFor(offered, ['raccrocher', 'erreur']);
  return (form, tongue = 'francais') => {
    if (tongue === 'francais') return parsedBy(french, answersIn(form));
    const parsed = parsedBy(translated, { ...answersIn(form), eviter: '', tiers_phrase: '' });
    const avoided = slots(offered).or(z.tuple([])).safeParse(form.getAll('eviter'));
    if (!avoided.success) return withProblem(parsed, { field: 'eviter', word: notOffered });
    return parsed.ok ? without(avoided.data, { ...parsed.rappel, readIn: tongue }, opening) : parsed;
  };
}

function parsedBy(schema: ReturnType<typeof schemaFor>, answers: Record<string, unknown>): ParsedRappel {
  const parsed = schema.safeParse(answers);
  if (parsed.success) return { ok: true, rappel: parsed.data };
  return { ok: false, problems: firstProblems(parsed.error.issues) };
}

function withProblem(parsed: ParsedRappel, problem: Problem): ParsedRappel {
  return { ok: false, problems: inOrder([...(parsed.ok ? [] : parsed.problems), problem]) };
}

function without(avoided: readonly Slot[], rappel: Rappel, opening: Opening): ParsedRappel {
  const slots = rappel.slots.filter((slot) => !avoided.includes(slot));
  if (slots.length === 0)
    return withProblem({ ok: true, rappel }, { field: 'eviter', word: 'erreur.eviter.tous' });
  // Said to the team as well: it may choose a moment inside of what is left.
  const avoid = avoided.length > 0 ? writtenSlots(avoided, opening) : undefined;
  return { ok: true, rappel: { ...rappel, slots, avoid } };
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

const phoneProblems: Record<PhoneRefusal, ProblemWord> = {
  empty: 'erreur.tel.vide',
  'not-a-number': 'erreur.tel.pas_un_numero',
  incomplete: 'erreur.tel.incomplet',
  'too-long': 'erreur.tel.trop_long',
  unlike: 'erreur.tel.autre_chose',
  paid: 'erreur.tel.surtaxe',
  ours: 'erreur.tel.le_notre',
};

// The message of an issue is the key of its words.
const word = (one: ProblemWord): ProblemWord => one;

const phone = z.string(word('erreur.tel.un_seul')).transform((typed, context) => {
  const parsed = parsePhone(cleanText(typed));
  if (parsed.ok) return parsed.phone;
  context.addIssue({ code: 'custom', message: phoneProblems[parsed.reason] });
  return z.NEVER;
});

const notOffered = word('erreur.quand.pas_propose');

// Any moment at all is not taken back by those ticked beside it.
const slots = (offered: Slot[]) =>
  z
    .array(z.string(notOffered))
    .min(1, word('erreur.quand.aucun'))
    .transform((chosen) => (chosen.includes(anySlot) ? offered : chosen))
    .refine((chosen) => chosen.every((one) => offered.some((slot) => slot === one)), notOffered)
    .transform((chosen) => offered.filter((slot) => chosen.includes(slot)));

const onlyOne = word('erreur.une_seule');

type FreeText = {
  [Name in FieldName]: (typeof fields)[Name] extends { limit: number } ? Name : never;
}[FieldName];

const text = (name: FreeText) =>
  z
    .string(onlyOne)
    .transform(cleanText)
    .refine((cleaned) => [...cleaned].length <= fields[name].limit, word('erreur.trop_long'))
    .transform((cleaned) => cleaned || undefined);

const choice = <Value extends string>(options: readonly Value[]) =>
  z
    .string(onlyOne)
    .refine((answer) => answer === '' || options.some((value) => value === answer), word('erreur.proposees'))
    .transform((answer) => options.find((value) => value === answer));

// A rule between two fields is checked even when a third one is wrong: everything to correct is said at once.
const always = () => true;

function schemaFor(offered: Slot[], answers: readonly OtherAnswer[]) {
  return z
    .object({
      tel: phone,
      quand: slots(offered),
      eviter: text('eviter'),
      tiers: choice(answers),
      tiers_phrase: text('tiers_phrase'),
      message: choice(voicemails),
      essais: choice(tries),
      mot: text('mot'),
      prenom: text('prenom'),
      langue: text('langue'),
    })
    .refine(({ tiers, tiers_phrase }) => tiers !== 'autre' || tiers_phrase || !answers.includes(tiers), {
      path: ['tiers_phrase'],
      message: word('erreur.tiers_phrase.manque'),
      when: always,
    })
    .refine(({ tiers, tiers_phrase }) => tiers || !tiers_phrase, {
      path: ['tiers'],
      message: word('erreur.tiers.manque'),
      when: always,
    })
    .refine(({ message, mot }) => message !== 'nom' || mot, {
      path: ['message'],
      message: word('erreur.message.mot'),
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
  const byField = new Map<FieldName, ProblemWord>();
  for (const { path, message } of issues) {
    const field = path[0] as FieldName;
    if (!byField.has(field)) byField.set(field, message as ProblemWord);
  }
  return inOrder([...byField].map(([field, word]) => ({ field, word })));
}

function inOrder(problems: Problem[]): Problem[] {
  return problems.sort((a, b) => fieldNames.indexOf(a.field) - fieldNames.indexOf(b.field));
}
