// The parser against anything at all: it never throws, and what it lets through is what was typed, on one line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import naughty from 'big-list-of-naughty-strings' with { type: 'json' };
import fc from 'fast-check';
import { opening } from '../service/service.ts';
import { type FieldName, fields } from './fields.ts';
import { messageFor } from './message.ts';
import { problemIn } from './problems.ts';
import { cleanText, type ParsedRappel, parserFor } from './rappel.ts';
import { slotDatesFor } from './slots.ts';

fc.configureGlobal({ seed: 189119494, numRuns: 3000 });

const parseRappel = parserFor(opening);
const slotDates = slotDatesFor(opening);
const names = Object.keys(fields) as FieldName[];
const texts = ['eviter', 'mot', 'prenom', 'langue'] as const;
const required = { tel: '01 99 00 12 34', quand: 'lun-matin' };

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...naughty));
const anyName = fc.oneof(
  fc.constantFrom(...names, '__proto__', 'constructor', 'toString', 'tel[]', 'quand[0]', ''),
  anyText,
);

function formOf(pairs: Iterable<readonly [string, string]>): FormData {
  const form = new FormData();
  for (const [name, value] of pairs) form.append(name, value);
  return form;
}

function emailOf({ rappel }: ParsedRappel & { ok: true }): string {
  const at = new Date('2026-11-23T08:00:00Z');
  return messageFor(rappel, slotDates(rappel.slots, at), {
    id: '0'.repeat(32),
    receivedAt: at,
    mailbox: 'equipe@example.org',
  }).text;
}

test('any form at all is read or refused field by field, and changes nothing around', () => {
  const untouched = Object.getOwnPropertyNames(Object.prototype).length;
  fc.assert(
    fc.property(fc.array(fc.tuple(anyName, anyText), { maxLength: 30 }), (pairs) => {
      const parsed = parseRappel(formOf(pairs));
      if (parsed.ok) return;
      assert.ok(parsed.problems.length > 0);
      for (const problem of parsed.problems) {
        assert.ok(names.includes(problem.field), problem.field);
        const message = problemIn('francais', problem);
        assert.ok(message.length > 10 && !/undefined|object|NaN/.test(message), message);
      }
    }),
  );
  assert.equal(Object.getOwnPropertyNames(Object.prototype).length, untouched);
});

test('a text that is let through reaches the e-mail whole, on one line; one that is refused is too long', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), anyText, (name, typed) => {
      const parsed = parseRappel(formOf(Object.entries({ ...required, [name]: typed })));
      const clean = cleanText(typed);
      assert.doesNotMatch(clean, /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
      if ([...clean].length > (fields[name].limit ?? 0)) {
        assert.equal(parsed.ok, false);
        return;
      }
      assert.ok(parsed.ok);
      const lines = emailOf(parsed).split('\n');
      assert.ok(clean === '' || lines.some((line) => line.includes(clean)), clean);
    }),
  );
});

test('what is typed adds no line to the e-mail', () => {
  const parsed = parseRappel(
    formOf(Object.entries({ ...required, prenom: 'x', mot: 'x', langue: 'x', eviter: 'x' })),
  );
  assert.ok(parsed.ok);
  const lines = emailOf(parsed).split('\n').length;
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 4, maxLength: 4 }), (typed) => {
      const answers = Object.fromEntries(texts.map((name, index) => [name, `x${typed[index]}`.slice(0, 20)]));
      const other = parseRappel(formOf(Object.entries({ ...required, ...answers })));
      assert.ok(other.ok);
      assert.equal(emailOf(other).split('\n').length, lines);
    }),
  );
});

test('a number that is let through can be dialled, and is the one that was typed', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789+ .-()/\u00a0٠৩௬'), maxLength: 24 });
  fc.assert(
    fc.property(fc.oneof(digits, anyText), (tel) => {
      const parsed = parseRappel(formOf(Object.entries({ ...required, tel })));
      if (!parsed.ok) return;
      const { e164 } = parsed.rappel.phone;
      assert.match(e164, /^\+[1-9]\d{3,14}$/);
      assert.ok(digitsIn(tel).endsWith(e164.slice(-6)), `${tel} → ${e164}`);
    }),
  );
});

// The figures of every script that Intl can write; those of mathematics are plain ones after NFKC.
const figures = new Map(
  Intl.supportedValuesOf('numberingSystem').flatMap((script) => {
    const format = new Intl.NumberFormat(`en-u-nu-${script}`);
    return [...'0123456789'].map((figure) => [format.format(Number(figure)), figure] as const);
  }),
);

function digitsIn(text: string): string {
  return [...text.normalize('NFKC')].map((sign) => figures.get(sign) ?? '').join('');
}
