import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePhone } from './phone.ts';

/** What a number that was typed becomes: `01 99 00 12 34 +33199001234`, with ` ?` when it is to be checked. */
function read(typed: string): string {
  const parsed = parsePhone(typed);
  if (!parsed.ok) return parsed.reason;
  const { written, e164, toCheck } = parsed.phone;
  return `${written} ${e164}${toCheck ? ' ?' : ''}`;
}

function allRead(table: Record<string, string[]>): void {
  for (const [expected, writings] of Object.entries(table)) {
    for (const typed of writings) assert.equal(read(typed), expected, JSON.stringify(typed));
  }
}

test('a French number is read in every usual writing', () => {
  allRead({
    '01 99 00 12 34 +33199001234': [
      '0199001234',
      '01 99 00 12 34',
      ' 01\u00a099\u00a000\u00a012\u00a034 ',
      '01\u202f99\u202f00\u202f12\u202f34',
      '01.99.00.12.34',
      '01/99/00/12/34',
      '01-99-00-12-34',
      '01\u201199\u201300\u201212\u221234',
      '(01) 99 00 1234',
      '+33 1 99 00 12 34',
      '+33 (0)1 99 00 12 34',
      '+330199001234',
      '0033 1 99 00 12 34',
      '00 33 (0) 1.99.00.12.34',
      '０１９９００１２３４',
      '＋33 1 99 00 12 34',
      '٠١ ٩٩ ٠٠ ١٢ ٣٤',
      '۰۱۹۹۰۰۱۲۳۴',
    ],
  });
});

// Seen refused, and nobody could see why: what was pasted, a tabulation, the number.
const pasted = `U+00AD soft hyphen\t06\u00AD39981234
U+200C\t06\u200C39981234
U+200D\t06\u200D39981234
U+034F\t06\u034F39981234
U+FE0F\t0\uFE0F639981234
U+180E\t06\u180E39981234
U+3164\t\u31640639981234
link copied\ttel:+33639981234
comma kept by the dialler\t0639981234,`;

test('what nobody sees and what a paste brings along is dropped', () => {
  for (const row of pasted.split('\n')) {
    const [what = '', typed = ''] = row.split('\t');
    assert.equal(read(typed), '06 39 98 12 34 +33639981234 ?', what);
  }
  allRead({
    '01 99 00 12 34 +33199001234': [
      '[01] 99 00 12 34',
      '01~99～00\u301C12\u30FC34',
      '« 01 99 00 12 34 »',
      'Tél. : 01 99 00 12 34.',
      'TEL:0199001234;',
      '0️⃣1️⃣9️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣4️⃣',
    ],
    empty: ['tel:', ',', '\u3164'],
    'not-a-number': [`01 99 00 12 34${','.repeat(4)}`, `01 99 00 12 34${','.repeat(15_000)}a`],
  });
});

test('a character that shows nothing is dropped wherever it stands, whichever it is', () => {
  const invisible = charactersThat(/\p{Default_Ignorable_Code_Point}/u);
  assert.ok(invisible.length > 4000, String(invisible.length));
  for (const sign of invisible)
    assert.equal(read(`${sign}01 99${sign} 00 12 34${sign}`), '01 99 00 12 34 +33199001234', codeOf(sign));
});

test('figures of every script that this machine can write are read', () => {
  const scripts = Intl.supportedValuesOf('numberingSystem');
  let count = 0;
  for (const script of scripts) {
    const format = new Intl.NumberFormat(`fr-u-nu-${script}`, { useGrouping: false });
    const typed = [...'0199001234'].map((figure) => format.format(Number(figure))).join('');
    if (!/^\p{Nd}{10}$/u.test(typed)) continue;
    count += 1;
    assert.equal(read(typed), '01 99 00 12 34 +33199001234', script);
  }
  assert.ok(count > 60, String(count));
  assert.equal(read('०१९९००१२३४'), '01 99 00 12 34 +33199001234');
  assert.equal(read('௦௧ ௯௯ ০০ ১২ 34'), '01 99 00 12 34 +33199001234');
});

test('the number of the line itself is refused, in any writing', () => {
  allRead({
    ours: ['01 89 11 94 94', '+33 (0)1 89 11 94 94', '0033189119494', 'tel:+33189119494', '٠١٨٩١١٩٤٩٤'],
  });
});

test('a French number that a slip sends abroad is kept, to be checked', () => {
  allRead({
    '+36 39 981 234 +3639981234 ?': ['+3 6 39 98 12 34', '003 6 39 98 12 34'],
    '+36 31 234 5678 +36312345678 ?': ['+36 3 12 34 56 78'],
    '+43 678 901 +43678901 ?': ['00 43 67 89 01'],
    '06 39 98 12 34 +33639981234 ?': ['+06 39 98 12 34', '00 06 39 98 12 34', '+00 33 6 39 98 12 34'],
    '01 99 00 12 34 +33199001234': ['+00 33 1 99 00 12 34'],
    '01 99 00 12 34 +33199001234 ?': ['+01 99 00 12 34'],
  });
});

test('a possible number that the library does not know is accepted, to be checked', () => {
  allRead({
    '06 39 98 12 34 +33639981234 ?': ['06 39 98 12 34', '+33 (0)6 39 98 12 34'],
    '+32 2 123 45 67 +3221234567 ?': ['+32 2 123 45 67'],
  });
});

test('an overseas number in its local form gets the code of its territory', () => {
  allRead({
    '+262 692 12 34 56 +262692123456': ['0692 12 34 56', '+262 (0)692 12 34 56'],
    '+262 262 12 34 56 +262262123456': ['0262 12 34 56'],
    '+262 639 01 23 45 +262639012345': ['0639 01 23 45'],
    '+590 690 12 34 56 +590690123456': ['0690 12 34 56'],
    '+590 590 27 12 34 +590590271234': ['0590 27 12 34'],
    '+590 590 87 12 34 +590590871234': ['0590 87 12 34'],
    '+596 696 12 34 56 +596696123456': ['0696 12 34 56'],
    '+594 694 12 34 56 +594694123456': ['0694 12 34 56'],
  });
});

test('Mayotte and Martinique keep the landlines that the French plan of the library claims', () => {
  allRead({
    '+262 269 61 23 45 +262269612345': ['0269 61 23 45'],
    '+596 596 10 23 45 +596596102345': ['0596 10 23 45'],
    '+596 596 12 34 56 +596596123456 ?': ['0596 12 34 56'],
  });
});

test('without + or 00, a number that is not finished is no number of an overseas collectivity; with its code it is', () => {
  allRead({
    incomplete: [
      '24 12 34',
      '055 12 34',
      '87 12 34 56',
      '06 39 98 1',
      '02 61 91 1',
      '89 00 00 00',
      '06 39 98 12',
    ],
    '+687 24 12 34 +687241234 ?': ['+687 24 12 34'],
    '+508 55 12 34 +508551234 ?': ['+508 55 12 34', '00508 55 12 34'],
    '+689 87 12 34 56 +68987123456': ['+689 87 12 34 56'],
  });
});

test('a foreign number is read after + or 00', () => {
  allRead({
    '+32 470 12 34 56 +32470123456': ['+32 470 12 34 56', '0032 470/12.34.56', '+32 (0)470 12 34 56'],
    '+41 78 123 45 67 +41781234567': ['+41 78 123 45 67'],
    '+1 202 555 0123 +12025550123': ['+1 (202) 555-0123'],
  });
});

test('what is not one whole number that costs nothing special is refused, with its reason', () => {
  allRead({
    empty: ['', ' \u00a0 ', '()'],
    incomplete: [
      ...['3919', '115', '17', '112', '114', '3114', '116 006', '118 218', '+33 17'],
      ...['199001234', '01 99 00 12 3', '692 12 34 56', '069212345', '+33 1 99 00 12 3'],
      ...['00', '0033 17', '+508 55 12 3'],
    ],
    'too-long': [
      ...['01 99 00 12 345', '33 1 99 00 12 34', '+33 1 99 00 12 345', '+32 470 12 34 56 789 1'],
      ...['01 99 00 12 34 / 06 39 98 12 34', '1'.repeat(10_000), `+${'1'.repeat(10_000)}`],
    ],
    unlike: ['1234567890', '60 39 98 12 34', '0000000000', '+0 12'],
    paid: ['0899 12 34 56', '0892 12 34 56', '0820 12 34 56', '0810 12 34 56', '+33 899 12 34 56'],
    'not-a-number': [
      ...['le soir', '01 99 00 12 3O', '01 99 00 12 34 poste 12', '01 99 00 12 34 #12'],
      ...['01 99 00 12 34 ou 06 39 98 12 34', '++33199001234', '+', '01 99,00 12 34'],
    ],
  });
});

function charactersThat(pattern: RegExp): string[] {
  const all = Array.from({ length: 0x110000 }, (_, code) => code).filter(
    (code) => code < 0xd800 || code > 0xdfff,
  );
  return all.map((code) => String.fromCodePoint(code)).filter((sign) => pattern.test(sign));
}

function codeOf(sign: string): string {
  return `U+${sign.codePointAt(0)?.toString(16)}`;
}
