// Reads the number where a person can be called safely, in any usual writing. What the library does not know
// but could exist is kept and marked, never refused: a wrong refusal costs a call, a wrong number costs a minute.
import {
  type CountryCode,
  type PhoneNumber,
  parseIncompletePhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

/**
 * A number that can be dialled. `toCheck`: possible, but unknown to the numbering plan we ship, or written the same way
 * in several territories.
 */
export type CallerPhone = { written: string; e164: string; toCheck: boolean };

export type ParsedPhone =
  | { ok: true; phone: CallerPhone }
  | { ok: false; reason: 'empty' | 'not-a-number' | 'incomplete' | 'paid' };

// Local forms of these territories are unknown to the French plan and need their own region. Six digits can be read in
// three of them: the most populous comes first.
const overseas: CountryCode[] = ['GP', 'MQ', 'GF', 'RE', 'YT', 'PF', 'NC', 'WF', 'PM', 'BL', 'MF'];

// The library's French plan takes these numbers for its own; they are Mayotte's and Martinique's.
const claimedByFrance: Record<string, CountryCode> = { '0269': 'YT', '0596': 'MQ' };

/**
 * Reads a number as typed: French, overseas in local form, or foreign with + or 00. Spaces of any kind, dots,
 * slashes, dashes and brackets are ignored. Refused: nothing, letters, too few or too many digits (3919 included),
 * premium and shared-cost numbers.
 */
export function parsePhone(typed: string): ParsedPhone {
  const text = typed.normalize('NFKC').replace(/[\s.\-/()\u2010-\u2015\u2212]/g, '');
  if (text === '') return { ok: false, reason: 'empty' };
  if (!/^\+?[\d\u0660-\u0669\u06F0-\u06F9]+$/.test(text)) return { ok: false, reason: 'not-a-number' };

  const digits = parseIncompletePhoneNumber(text); // Arabic and Persian digits become 0–9
  const [number, ...others] = /^(\+|00)/.test(digits) ? readForeign(digits) : readLocal(digits);
  if (!number) return { ok: false, reason: 'incomplete' };
  if (['PREMIUM_RATE', 'SHARED_COST'].includes(number.getType() ?? '')) return { ok: false, reason: 'paid' };
  const toCheck = others.length > 0 || !number.isValid();
  return { ok: true, phone: { written: written(number), e164: number.number, toCheck } };
}

function readForeign(digits: string): PhoneNumber[] {
  // "+33 (0)6…" keeps its zero once the brackets are gone, and nobody dials it.
  const number = read(digits.replace(/^(\+|00)330/, '+33'), 'FR');
  if (!number?.isPossible()) return [];
  return number.countryCallingCode === '33' && !/^[1-9]\d{8}$/.test(number.nationalNumber) ? [] : [number];
}

// Every reading of a local number, the most likely first.
function readLocal(digits: string): PhoneNumber[] {
  const region = claimedByFrance[digits.slice(0, 4)] ?? 'FR';
  const french = /^0[1-9]\d{8}$/.test(digits) ? read(digits, region) : undefined;
  if (french?.isValid()) return [french];
  if (digits.length === 9) return []; // one digit is missing, even where a territory would forgive it
  const known = overseas.flatMap((region) => {
    const found = read(digits, region);
    return found?.isValid() ? [found] : [];
  });
  if (known.length === 0) return french ? [french] : [];
  return known.filter(({ number }, at) => known.findIndex((other) => other.number === number) === at);
}

function read(digits: string, region: CountryCode): PhoneNumber | undefined {
  return parsePhoneNumberFromString(digits, { defaultCountry: region, extract: false });
}

function written(number: PhoneNumber): string {
  return number.countryCallingCode === '33' ? number.formatNational() : number.formatInternational();
}
