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
    '01 89 11 94 94 +33189119494': ['01 89 11 94 94'],
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
    '+596 696 12 34 56 +596696123456': ['0696 12 34 56'],
    '+594 694 12 34 56 +594694123456': ['0694 12 34 56'],
    '+689 87 12 34 56 +68987123456': ['87 12 34 56'],
  });
});

test('Mayotte and Martinique keep the landlines that the French plan of the library claims', () => {
  allRead({
    '+262 269 61 23 45 +262269612345': ['0269 61 23 45'],
    '+596 596 10 23 45 +596596102345': ['0596 10 23 45'],
    '+596 596 12 34 56 +596596123456 ?': ['0596 12 34 56'],
  });
});

test('six digits that several territories share are read in the most populous, to be checked', () => {
  allRead({
    '+687 24 12 34 +687241234 ?': ['24 12 34'],
    '+508 55 12 34 +508551234': ['055 12 34'],
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
      ...['01 99 00 12 345', '33 1 99 00 12 34', '+33 1 99 00 12 345', '1234567890', '0000000000'],
      '01 99 00 12 34 / 06 39 98 12 34',
    ],
    paid: ['0899 12 34 56', '0892 12 34 56', '0820 12 34 56', '0810 12 34 56', '+33 899 12 34 56'],
    'not-a-number': [
      ...['le soir', '01 99 00 12 3O', '01 99 00 12 34 poste 12', '01 99 00 12 34 #12'],
      ...['01 99 00 12 34 ou 06 39 98 12 34', '++33199001234', '+', '०१९९००१२३४'],
    ],
  });
});
