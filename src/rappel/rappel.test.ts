import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opening } from '../service/service.ts';
import { wordIn } from '../service/words.ts';
import { formOf } from './effects.fake.ts';
import { fields, slotsOf } from './fields.ts';
import { problemIn } from './problems.ts';
import { cleanText, parserFor, type Rappel } from './rappel.ts';

const parseRappel = parserFor(opening);

function accepted(answers: Record<string, string | string[]>): Rappel {
  const parsed = parseRappel(formOf(answers));
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.rappel;
}

const shortName = (name: keyof typeof fields) => wordIn('francais', `champ.${name}.court`);

/** The problems of a form, each as `field: sentence`, in their order. */
function refused(answers: Record<string, string | string[]>): string[] {
  const parsed = parseRappel(formOf(answers));
  assert.ok(!parsed.ok, 'the form was accepted');
  return parsed.problems.map((problem) => `${problem.field}: ${problemIn('francais', problem)}`);
}

test('a number and a moment are enough; the rest stays undefined', () => {
  assert.deepEqual(accepted({}), {
    phone: { written: '01 99 00 12 34', e164: '+33199001234', toCheck: false },
    slots: ['mar-matin'],
    avoid: undefined,
    otherAnswer: undefined,
    otherPhrase: undefined,
    voicemail: undefined,
    tries: undefined,
    codeWord: undefined,
    firstName: undefined,
    language: undefined,
  });
});

test('every answer of a full form is kept, its moments in the order of the week and once each', () => {
  const full = accepted({
    tel: '06 39 98 12 34',
    quand: ['ven-apres-midi', 'lun-midi', 'lun-matin', 'lun-midi'],
    eviter: 'le mercredi',
    tiers: 'autre',
    tiers_phrase: 'C’est pour le jardin',
    message: 'neutre',
    essais: '2',
    mot: 'hirondelle',
    prenom: 'Zoé',
    langue: 'tamoul',
  });
  assert.deepEqual(full, {
    phone: { written: '06 39 98 12 34', e164: '+33639981234', toCheck: true },
    slots: ['lun-matin', 'lun-midi', 'ven-apres-midi'],
    avoid: 'le mercredi',
    otherAnswer: 'autre',
    otherPhrase: 'C’est pour le jardin',
    voicemail: 'neutre',
    tries: '2',
    codeWord: 'hirondelle',
    firstName: 'Zoé',
    language: 'tamoul',
  });
});

test('an empty form asks for the number and for a moment', () => {
  assert.deepEqual(refused({ tel: '', quand: [] }), [
    'tel: Écrivez le numéro où nous pouvons vous appeler.',
    'quand: Choisissez au moins un moment où nous pouvons appeler.',
  ]);
});

test('each refused number is told why', () => {
  const problemOf = (tel: string) => refused({ tel })[0];
  assert.equal(
    problemOf('le soir'),
    'tel: Écrivez le numéro en chiffres, par exemple 01 99 00 12 34. Un + devant est possible.',
  );
  for (const unfinished of ['3919', '05 36 49 12'])
    assert.equal(
      problemOf(unfinished),
      'tel: Ce numéro ne semble pas complet. Un numéro français a dix chiffres. Un numéro étranger ou d’une collectivité d’outre-mer commence par + : par exemple +32, +508, +689.',
    );
  assert.equal(
    problemOf('01 99 00 12 345'),
    'tel: Ce numéro a trop de chiffres. Un numéro français en a dix. Un numéro étranger commence par +. Écrivez un seul numéro.',
  );
  assert.equal(
    problemOf('60 39 98 12 34'),
    'tel: Ce numéro ne commence pas comme un numéro de téléphone. Un numéro français commence par un seul 0, un numéro étranger par + et le code de son pays.',
  );
  assert.equal(
    problemOf('+33 (0)1 89 11 94 94'),
    'tel: Ce numéro est le nôtre. Écrivez celui où nous pouvons vous appeler.',
  );
  assert.equal(
    problemOf('0899 12 34 56'),
    'tel: Nous ne pouvons pas appeler un numéro surtaxé. Vous pouvez en indiquer un autre.',
  );
});

test('a text fills its limit to the last character, even an emoji, and not one more', () => {
  for (const [name, field] of Object.entries(fields)) {
    if (!('limit' in field)) continue;
    const tiers = name === 'tiers_phrase' ? 'autre' : '';
    accepted({ tiers, [name]: ` ${'🌿'.repeat(field.limit)} ` });
    assert.deepEqual(refused({ tiers, [name]: '🌿'.repeat(field.limit + 1) }), [
      `${name}: ${shortName(name as keyof typeof fields)} : ${field.limit} caractères au plus.`,
    ]);
  }
});

test('line breaks, control and direction characters cannot leave their line', () => {
  assert.equal(cleanText(' a\r\nb\u2028c\u2029d\u0085e\tf\u0000g\u00a0\u202f h '), 'a b c d e f g h');
  assert.equal(cleanText('a\u202eb\u2066c\u200fd\u061ce\ufefff\u200bg\u{E0041}h'), 'abcdefgh');
  assert.equal(cleanText('a \u200b b'), 'a b');
  assert.equal(cleanText('\ud800'), '\ufffd');
  assert.equal(accepted({ prenom: 'Zoé\r\nSMS : OUI' }).firstName, 'Zoé SMS : OUI');
  assert.equal(accepted({ mot: '\u202e\u0000\n' }).codeWord, undefined);
});

test('an accent is one character however it was typed, and joined signs stay joined', () => {
  assert.equal(cleanText('Zoe\u0301'), 'Zo\u00e9');
  assert.equal(cleanText('👩\u200d👧'), '👩\u200d👧');
});

test('a number copied with direction marks is read', () => {
  assert.equal(accepted({ tel: '\u202a01 99 00 12 34\u202c' }).phone.e164, '+33199001234');
});

test('a limit names its field', () => {
  assert.deepEqual(refused({ mot: 'x'.repeat(31), langue: 'x'.repeat(41) }), [
    'mot: Le mot à dire : 30 caractères au plus.',
    'langue: La langue : 40 caractères au plus.',
  ]);
});

test('a field that came twice is refused: nobody guesses which one is meant', () => {
  assert.deepEqual(refused({ tel: ['', ''] }), ['tel: Un seul numéro est possible.']);
  for (const name of ['eviter', 'tiers', 'message', 'essais', 'mot', 'prenom', 'langue'] as const)
    assert.deepEqual(refused({ [name]: ['', ''] }), [
      `${name}: ${shortName(name)} : une seule réponse est possible.`,
    ]);
});

test('a choice that was not offered is refused', () => {
  for (const name of ['tiers', 'message', 'essais'] as const)
    assert.deepEqual(refused({ [name]: 'toString' }), [
      `${name}: ${shortName(name)} : choisissez une des réponses proposées.`,
    ]);
  assert.deepEqual(refused({ quand: ['mar-matin', 'toString'] }), [
    'quand: Un des moments n’est pas proposé. Choisissez dans le tableau.',
  ]);
});

test('no two problems of a form read alone are the same: each says which question it is about', () => {
  const twice = Object.fromEntries(Object.keys(fields).map((name) => [name, ['?', '?']]));
  const messages = refused(twice).map((problem) => problem.split(': ').slice(1).join(': '));
  assert.equal(new Set(messages).size, Object.keys(fields).length);
});

test('any moment at all is every moment that is offered, whatever is ticked beside it', () => {
  const every = slotsOf(opening);
  assert.ok(every.length > 1);
  for (const quand of ['tous', ['tous', 'mar-matin'], ['jamais', 'tous', 'tous']])
    assert.deepEqual(accepted({ quand }).slots, every);
  const parse = parserFor({ ...opening, closedSlots: ['mardi matin'] });
  const parsed = parse(formOf({ quand: ['tous', 'mar-matin'] }));
  assert.deepEqual(parsed.ok && parsed.rappel.slots.includes('mar-matin'), false);
  assert.equal(parsed.ok && parsed.rappel.slots.length, every.length - 1);
});

test('a message that names the service needs a code word, said on the message, and only then', () => {
  const wordMissing =
    'message: Un message qui dit « Un premier pas » demande un mot convenu : écrivez-le plus bas, ou choisissez un autre message.';
  for (const mot of ['', ' ', '\u202e']) assert.deepEqual(refused({ message: 'nom', mot }), [wordMissing]);
  assert.equal(accepted({ message: 'nom', mot: 'hirondelle' }).voicemail, 'nom');
  for (const message of ['', 'aucun', 'neutre']) accepted({ message });
  assert.deepEqual(refused({ message: 'nom', mot: 'x'.repeat(31) }), [
    'mot: Le mot à dire : 30 caractères au plus.',
  ]);
  assert.deepEqual(refused({ tel: '', message: 'nom' }), [
    'tel: Écrivez le numéro où nous pouvons vous appeler.',
    wordMissing,
  ]);
});

test('« dire autre chose » needs its phrase, and a phrase needs a choice', () => {
  const phraseMissing = 'tiers_phrase: Écrivez la phrase à dire, ou choisissez une autre réponse.';
  assert.deepEqual(refused({ tiers: 'autre', tiers_phrase: ' ' }), [phraseMissing]);
  assert.deepEqual(refused({ tiers_phrase: 'C’est pour le jardin' }), [
    'tiers: La phrase à dire est écrite : choisissez ce que nous faisons si quelqu’un d’autre répond.',
  ]);
});

test('a phrase that another choice makes useless is dropped', () => {
  const { otherAnswer, otherPhrase } = accepted({ tiers: 'erreur', tiers_phrase: 'C’est pour le jardin' });
  assert.deepEqual([otherAnswer, otherPhrase], ['erreur', undefined]);
});

test('all that is to correct is said at once, in the order of the form, one problem a field', () => {
  assert.deepEqual(
    refused({
      langue: 'x'.repeat(41),
      prenom: 'x'.repeat(41),
      essais: '3',
      tiers: 'autre',
      quand: ['jamais', 'plus jamais'],
      tel: '',
    }),
    [
      'tel: Écrivez le numéro où nous pouvons vous appeler.',
      'quand: Un des moments n’est pas proposé. Choisissez dans le tableau.',
      'tiers_phrase: Écrivez la phrase à dire, ou choisissez une autre réponse.',
      'essais: Le nombre d’essais : choisissez une des réponses proposées.',
      'prenom: Le prénom à dire : 40 caractères au plus.',
      'langue: La langue : 40 caractères au plus.',
    ],
  );
});

const read = (answers: Record<string, string | string[]>) => parseRappel(formOf(answers), 'tamoul');

test('a form in another language ticks what to avoid: no call then, and the team reads it in French', () => {
  const parsed = read({ quand: 'tous', eviter: ['mar-midi', 'lun-matin', 'lun-midi', 'lun-apres-midi'] });
  assert.ok(parsed.ok);
  assert.deepEqual(
    [parsed.rappel.slots.length, parsed.rappel.avoid, parsed.rappel.readIn],
    [11, 'lundi, mardi midi', 'tamoul'],
  );
  const without = read({});
  assert.ok(without.ok);
  assert.deepEqual([without.rappel.slots, without.rappel.avoid], [['mar-matin'], undefined]);
});

test('moments that are all to be avoided leave none, and one that is not offered is refused, with the rest', () => {
  const all = read({ quand: ['mar-matin', 'mar-midi'], eviter: ['mar-midi', 'mar-matin'] });
  assert.deepEqual(all, { ok: false, problems: [{ field: 'eviter', word: 'erreur.eviter.tous' }] });
  assert.deepEqual(read({ tel: '', eviter: ['mar-matin', 'le mardi'], mot: 'x'.repeat(31) }), {
    ok: false,
    problems: [
      { field: 'tel', word: 'erreur.tel.vide' },
      { field: 'eviter', word: 'erreur.quand.pas_propose' },
      { field: 'mot', word: 'erreur.trop_long' },
    ],
  });
});

test('what only the French form asks is refused or left out in another language', () => {
  assert.deepEqual(read({ tiers: 'autre', tiers_phrase: 'une phrase' }), {
    ok: false,
    problems: [{ field: 'tiers', word: 'erreur.proposees' }],
  });
  const parsed = read({ tiers: 'erreur', tiers_phrase: 'une phrase' });
  assert.ok(parsed.ok);
  assert.deepEqual([parsed.rappel.otherAnswer, parsed.rappel.otherPhrase], ['erreur', undefined]);
});
