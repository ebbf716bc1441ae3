// Slips of valid French numbers, drawn from a seed: none becomes a number of another country without a mark. Five
// times as many: LONG=1; any number of them: PHONE_SLIPS=1000000 node --test src/rappel/phone.fuzz.test.ts
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parsePhone } from './phone.ts';

const numRuns = Number(process.env.PHONE_SLIPS ?? (process.env.LONG ? 100_000 : 20_000));
const seed = 189119494;

/** The nine figures that follow 0 or +33. */
const valid = fc
  .stringMatching(/^[1-9]\d{8}$/)
  .filter((nine) => /^\+33\d{9}$/.test(abroad(`0${nine}`, 'unmarked')));

const begun = fc.constantFrom('0', '0', '+33', '0033', '+33 (0)', '00 33 0');

const pastes = [
  '\u00ad',
  '\u200d',
  ' ',
  '-',
  ',',
  'tel:',
  'le soir',
  '0',
  '00',
  '3',
  '33',
  '+',
  '+33',
  '0033',
  '17',
];

/**
 * What a hand does to a number. `at` and `figure` choose where, and with what. A figure is changed after the code only:
 * +34 for +33 is another code, which nothing tells from one that was meant.
 */
const slips: Record<string, (typed: string, at: number, figure: number) => string> = {
  lost: (typed, at) => typed.slice(0, at) + typed.slice(at + 1),
  doubled: (typed, at) => typed.slice(0, at + 1) + typed.slice(at),
  swapped: (typed, at) => typed.slice(0, at) + (typed[at + 1] ?? '') + typed[at] + typed.slice(at + 2),
  changed: (typed, at, figure) => {
    const place = typed.length - 1 - (at % 9);
    return typed.slice(0, place) + (figure % 10) + typed.slice(place + 1);
  },
  pasted: (typed, at, figure) => typed.slice(0, at) + pastes[figure % pastes.length] + typed.slice(at),
  twice: (typed) => typed + typed,
  held: (typed) => typed.replace(/^0/, '+'),
};

const slip = fc.record({
  start: begun,
  nine: valid,
  kind: fc.constantFrom(...Object.keys(slips)),
  at: fc.nat(16),
  figure: fc.nat(99),
});

/** The number as it would be dialled from anywhere; a refusal, or a mark where one is told apart, is ''. */
function abroad(typed: string, marks: 'any' | 'unmarked'): string {
  const parsed = parsePhone(typed);
  if (!parsed.ok || (marks === 'unmarked' && parsed.phone.toCheck)) return '';
  return parsed.phone.e164;
}

// An overseas department writes its ten figures as France does: a slip may lead there, as to a neighbour's.
const isFrench = (e164: string) => /^(\+33\d{9}|\+(262|590|594|596)\d{9}|)$/.test(e164);

test(`among ${numRuns} slips of French numbers, none is somebody's abroad without a mark, and no right one is marked`, () => {
  const reached = new Map<string, number>();
  fc.assert(
    fc.property(slip, ({ start, nine, kind, at, figure }) => {
      const whole = start + nine;
      assert.equal(abroad(whole, 'unmarked'), `+33${nine}`, whole);
      const typed = slips[kind]?.(whole, at % whole.length, figure) ?? '';
      assert.ok(isFrench(abroad(typed, 'unmarked')), `${kind}: ${whole} → ${typed}`);
      if (!isFrench(abroad(typed, 'any'))) reached.set(kind, (reached.get(kind) ?? 0) + 1);
    }),
    { seed, numRuns },
  );
  for (const kind of ['lost', 'doubled', 'swapped', 'pasted', 'held'])
    assert.ok(reached.get(kind), `no slip « ${kind} » was to be marked: the test looked at nothing`);
});

test('without + or 00, fewer or more than ten figures are never a number', () => {
  const figures = fc.stringMatching(/^(0?[1-9]\d{0,7}|[1-9]\d{10,13})$/);
  fc.assert(
    fc.property(figures, (typed) => {
      const parsed = parsePhone(typed);
      const reason = typed.length < 10 ? 'incomplete' : 'too-long';
      assert.equal(parsed.ok ? parsed.phone.e164 : parsed.reason, reason, typed);
    }),
    { seed, numRuns: numRuns / 5 },
  );
});
