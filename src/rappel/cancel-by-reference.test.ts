import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancelByReference, readNoted, readReferred } from './cancel-by-reference.ts';
import { type FakeEffects, fakeEffects, formOf, idOf, pass, takeDue } from './effects.fake.ts';
import { readToken, requestOf } from './outcome.ts';
import { receive } from './receive.ts';
import { referenceOf } from './reference.ts';

const person = { isUnverified: false };

function asked(reference: string, fin: string) {
  const form = new FormData();
  form.set('reference', reference);
  form.set('fin', fin);
  return readReferred(form);
}

/** Tells the team, and gives the token of the page that says so. */
async function noted(effects: FakeEffects, reference = 'galet-sapin 54', ending = '34'): Promise<string> {
  const done = await cancelByReference({ reference, ending }, effects, person);
  assert.equal(done.kind, 'noted');
  return done.token;
}

test('two answers, as people write them', () => {
  const referred = { ok: true, referred: { reference: 'galet-sapin 54', ending: '34' } };
  for (const [reference, fin] of [
    ['galet-sapin 54', '34'],
    [' Réf. Galet Sapin 54', ' 3 4 '],
    ['galet sapin ٥٤', '٣٤'],
    ['galet-sapin 54', '…34'],
    ['galet-sapin 54', '01 99 00 12 34'],
    ['galet-sapin 54', '+33 1 99 00 12 34'],
  ] as const)
    assert.deepEqual(asked(reference, fin), referred, `${reference} / ${fin}`);
});

test('what is missing or unclear is said of its field, both at once', () => {
  const fieldsOf = (reference: string, fin: string) => {
    const read = asked(reference, fin);
    return read.ok ? [] : read.problems.map(({ field }) => field);
  };
  assert.deepEqual(fieldsOf('', ''), ['reference', 'ending']);
  assert.deepEqual(fieldsOf('galet-sapim 54', '34'), ['reference']);
  for (const fin of ['', '3', '345', '1234567', 'trente-quatre', `34${' '.repeat(39)}`])
    assert.deepEqual(fieldsOf('galet-sapin 54', fin), ['ending'], fin);
  const empty = readReferred(new FormData());
  assert.ok(!empty.ok);
  assert.equal(empty.problems.length, 2);
});

test('the team is told what was asked, and what to compare; the page shows the reference and not the digits', async () => {
  const effects = fakeEffects();
  const token = await noted(effects);
  assert.equal(readNoted(token, effects), 'galet-sapin 54');
  assert.equal(effects.wakes, 1);
  const [notice, ...others] = await takeDue(effects);
  assert.match(
    notice ?? '',
    /^ANNULATION réf\. galet-sapin 54 \(demandée par référence, finissant par 34\)\n/,
  );
  assert.deepEqual(others, []);
  const clear = Buffer.from(effects.tokens.open(Buffer.from(token, 'base64url'))).toString();
  assert.doesNotMatch(clear.replace(/"writtenAt":\d+/, ''), /34/);
});

test('asked again within two days, the team is told once, and the page is the same', async () => {
  const effects = fakeEffects();
  await noted(effects);
  pass(effects, 47 * 60);
  assert.equal(readNoted(await noted(effects), effects), 'galet-sapin 54');
  assert.equal((await takeDue(effects)).length, 1);
  assert.equal(effects.wakes, 1);
  await noted(effects, 'galet-sapin 54', '35');
  await noted(effects, 'galet-sapin 55', '34');
  pass(effects, 61);
  await noted(effects);
  assert.equal((await effects.outbox.waiting()).count, 4);
});

test('a request that waits is neither looked for nor touched, whether its reference is right or not', async () => {
  const effects = fakeEffects();
  await receive(formOf(), effects, { isUnverified: false, place: '192.0.2.1' });
  for (const reference of [referenceOf(idOf(1)), 'galet-sapin 54'])
    assert.equal(readNoted(await noted(effects, reference), effects), reference);
  const texts = await takeDue(effects);
  assert.equal(texts.length, 3);
  assert.match(texts[0] ?? '', /\nRéf\. abricot-lampe 01 /);
});

test('its page is shown for thirty minutes; its token opens no request, and that of a request is none of these', async () => {
  const effects = fakeEffects();
  const token = await noted(effects);
  assert.equal(readToken(token, effects.at, effects.tokens), undefined);
  assert.equal(requestOf(token, effects.tokens), undefined);
  const received = await receive(formOf(), effects, { isUnverified: false, place: '192.0.2.1' });
  assert.ok(received.kind === 'kept');
  for (const other of ['', 'x', token.slice(1), received.token])
    assert.equal(readNoted(other, effects), undefined);
  pass(effects, 30);
  assert.equal(readNoted(token, effects), 'galet-sapin 54');
  pass(effects, 0.001);
  assert.equal(readNoted(token, effects), undefined);
});

test('what may come from a machine leaves after what does not', async () => {
  const effects = fakeEffects();
  await cancelByReference({ reference: 'galet-sapin 54', ending: '34' }, effects, { isUnverified: true });
  await receive(formOf(), effects, { isUnverified: false, place: '192.0.2.1' });
  const [first, second] = await takeDue(effects);
  assert.match(first ?? '', /^Ce qui n’est pas précisé/);
  assert.match(second ?? '', /^ANNULATION/);
});

test('when the disk refuses, it says so, and the journal gets a code without a word', async () => {
  const effects = fakeEffects();
  effects.outbox.put = async () => {
    throw Object.assign(new Error('galet-sapin 54, 34'), { code: 'ERR_SQLITE_ERROR' });
  };
  const done = await cancelByReference({ reference: 'galet-sapin 54', ending: '34' }, effects, person);
  assert.deepEqual(done, { kind: 'not-kept' });
  assert.deepEqual(effects.logged, [['cancellation-not-kept', { code: 'ERR_SQLITE_ERROR' }]]);
  assert.equal(effects.wakes, 0);
});
