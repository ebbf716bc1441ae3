// Reads the number where a person can be called safely, in any usual writing. What the library does not know
// but could exist is kept and marked, never refused: a wrong refusal costs a call, a wrong number costs a minute.
// What one slip can make of a French number is never somebody's abroad without a mark: it would call a stranger.
import {
  type CountryCode,
  type PhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import { phone as ours } from '../service/service.ts';

/**
 * A number that can be dialled. `toCheck`: possible, but unknown to the numbering plan we ship, or a French one that
 * a slip may have sent abroad.
 */
export type CallerPhone = { written: string; e164: string; toCheck: boolean };

/** Why a number is refused. `unlike`: as long as a French one, but it starts as no number does. */
export type PhoneRefusal = 'empty' | 'not-a-number' | 'incomplete' | 'too-long' | 'unlike' | 'paid' | 'ours';

export type ParsedPhone = { ok: true; phone: CallerPhone } | { ok: false; reason: PhoneRefusal };

// Their ten figures are written as in France, and dialled from abroad with codes of their own.
const overseas: CountryCode[] = ['GP', 'MQ', 'GF', 'RE', 'YT'];

// The library's French plan takes these numbers for its own; they are Mayotte's and Martinique's.
const claimedByFrance: Record<string, CountryCode> = { '0269': 'YT', '0596': 'MQ' };

/**
 * Reads a number as typed: ten figures, of France or of an overseas department, or any number with + or 00. Figures of
 * every script are read; spaces, dots, dashes, slashes, brackets, quotes, what nobody sees, « tel: » and an ending
 * comma or the like are ignored. Refused: nothing, letters, too few or too many figures (3919 included), premium and
 * shared-cost numbers, and the number of the line itself.
 */
export function parsePhone(typed: string): ParsedPhone {
  const digits = digitsIn(typed);
  if (digits === '') return { ok: false, reason: 'empty' };
  if (!/^\+?\d+$/.test(digits)) return { ok: false, reason: 'not-a-number' };

  const rest = digits.replace(/^(\+00|\+|00)/, '');
  const number = rest === digits ? readLocal(digits) : readForeign(rest);
  if (typeof number === 'string') return { ok: false, reason: number };
  if (number.number === ours.dialled) return { ok: false, reason: 'ours' };
  if (['PREMIUM_RATE', 'SHARED_COST'].includes(number.getType() ?? '')) return { ok: false, reason: 'paid' };
  const toCheck = !number.isValid() || (rest !== digits && mayBeASlip(digits, rest));
  return { ok: true, phone: { written: written(number), e164: number.number, toCheck } };
}

// What is not read, the frame of « 6️⃣ » (U+20E3) included.
const ignored =
  /[\p{Default_Ignorable_Code_Point}\s\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}.·/~\u2053\u2212\u223C\u30FC]|\u20E3/gu;

function digitsIn(typed: string): string {
  const kept = typed.normalize('NFKC').replace(ignored, '');
  return plainDigits(kept.replace(/^t[eé]l:?/i, '').replace(/[,;:!?'"]{1,3}$/, ''));
}

/** A text with the figures of every script written as ours: what a keyboard in another language types. */
export function plainDigits(text: string): string {
  return text.replace(/[^\P{Nd}0-9]/gu, plainDigit);
}

// The figures of a script follow each other from 0 to 9; a few scripts stand side by side, five at most.
function plainDigit(figure: string): string {
  const code = figure.codePointAt(0) ?? 0;
  const before = [...Array(50).keys()].findIndex((n) => !/\p{Nd}/u.test(String.fromCodePoint(code - n - 1)));
  return String(before % 10);
}

// `rest`: what comes after + or 00. "+33 (0)6…" keeps its zero once the brackets are gone, and nobody dials it.
function readForeign(rest: string): PhoneNumber | PhoneRefusal {
  if (/^0[1-9]\d{8}$/.test(rest)) return readLocal(rest);
  const whole = `+${rest.replace(/^330/, '33')}`;
  const number = read(whole, 'FR');
  const isFrench = number?.countryCallingCode === '33';
  if (number?.isPossible() && (!isFrench || /^[1-9]\d{8}$/.test(number.nationalNumber))) return number;
  const length = validatePhoneNumberLength(whole);
  if (length === 'INVALID_COUNTRY') return 'unlike';
  return length === 'TOO_LONG' ? 'too-long' : 'incomplete';
}

// Without + or 00, ten figures and no others: a shorter number of Polynesia is also a French one that is not finished.
function readLocal(digits: string): PhoneNumber | PhoneRefusal {
  if (digits.length < 10) return 'incomplete';
  if (digits.length > 10) return 'too-long';
  const french = /^0[1-9]/.test(digits) && read(digits, claimedByFrance[digits.slice(0, 4)] ?? 'FR');
  if (!french) return 'unlike';
  if (french.isValid()) return french;
  const distant = overseas.map((region) => read(digits, region)).find((number) => number?.isValid());
  return distant ?? french;
}

/**
 * Whether one slip makes this of a French number: its 0 doubled, + put before it, a 3 of the code lost (« +3 6… »), or
 * swapped with the figure after it (« +36 3… »).
 */
function mayBeASlip(digits: string, rest: string): boolean {
  if (digits.startsWith('00') && rest.length < 10) return true;
  return /^(0?|30?)[1-9]\d{8}$/.test(rest) || /^3[124-9]3\d{8}$/.test(rest);
}

function read(digits: string, region: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(digits, { defaultCountry: region, extract: false });
}

function written(number: PhoneNumber): string {
  return number.countryCallingCode === '33' ? number.formatNational() : number.formatInternational();
}
