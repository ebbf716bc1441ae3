import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { opening } from '../service/service.ts';
import { cancel, cancellableId } from './cancel.ts';
import { readCancellable, writeCancellable } from './cancellable.ts';
import { type FakeEffects, fakeEffects, formOf, idOf, messageIn, pass, takeDue } from './effects.fake.ts';
import { byHours } from './effects.ts';
import { readToken } from './outcome.ts';
import { receive } from './receive.ts';
import { referenceOf } from './reference.ts';

/** Sends a form and gives the token of its page. */
async function kept(
  effects: FakeEffects,
  answers: Record<string, string | string[]> = {},
  place = '192.0.2.1',
): Promise<string> {
  const received = await receive(formOf(answers), effects, { isUnverified: false, place });
  assert.equal(received.kind, 'kept');
  return received.token;
}

/** Cancels from a page: which request that was. */
async function cancelled(token: string, effects: FakeEffects): Promise<string | undefined> {
  const done = await cancel(token, effects);
  assert.equal(done.kind, 'cancelled');
  const outcome = readToken(done.token, effects.at, effects.tokens);
  assert.equal(outcome?.cancelled, true);
  return outcome.id;
}

/** Sends all that is due, as a courier does when the mail server accepts. */
async function deliverAll(effects: FakeEffects, ids: string[]): Promise<string[]> {
  const texts = await takeDue(effects);
  for (const id of ids) await effects.outbox.erase(id);
  return texts;
}

test('a request cancelled before it left is withdrawn: nothing is sent', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  assert.equal(await cancelled(token, effects), idOf(1));
  assert.equal(await cancelled(token, effects), idOf(1));
  assert.deepEqual(await takeDue(effects), []);
});

test('a request cancelled after it left sends one notice, however many clicks', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  await deliverAll(effects, [idOf(1)]);
  assert.equal(await cancelled(token, effects), idOf(1));
  assert.equal(await cancelled(token, effects), idOf(1));
  const [notice, ...others] = await takeDue(effects);
  assert.match(notice ?? '', /^ANNULATION réf\. abricot-lampe 01\n/);
  assert.deepEqual(others, []);
});

test('a request cancelled while it is being sent is not sent again, and gets its notice', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  await takeDue(effects);
  assert.equal(await cancelled(token, effects), idOf(1));
  await effects.outbox.postpone(idOf(1), { until: effects.at.getTime(), mayHaveLeft: true });
  const [notice, ...others] = await takeDue(effects);
  assert.match(notice ?? '', /^ANNULATION réf\. abricot-lampe 01\n/);
  assert.deepEqual(others, []);
});

test('the courier is woken for a notice', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  await deliverAll(effects, [idOf(1)]);
  effects.wakes = 0;
  await cancelled(token, effects);
  assert.equal(effects.wakes, 1);
});

test('the old page of a replaced request cancels the latest', async () => {
  const effects = fakeEffects();
  const first = await kept(effects);
  const second = await kept(effects, { prenom: 'Zoé', jeton: first });
  await kept(effects, { prenom: 'Anna', jeton: second });
  assert.equal(await cancelled(first, effects), idOf(3));
  assert.deepEqual(await takeDue(effects), []);
});

test('the same words sent after a cancellation are a new request', async () => {
  const effects = fakeEffects();
  await cancelled(await kept(effects), effects);
  await kept(effects);
  assert.equal((await takeDue(effects)).length, 1);
});

test('the token of an address cancels for thirty minutes; a forged one never does', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  pass(effects, 30.01);
  assert.deepEqual(await cancel(token, effects), { kind: 'expired' });
  assert.deepEqual(await cancel('forged', effects), { kind: 'expired' });
  assert.match((await takeDue(effects)).join(), /^Ce qui n’est pas précisé/);
});

/** What the page of a request holds to take it back. */
function inPage(token: string, effects: FakeEffects): string {
  const outcome = readToken(token, effects.at, effects.tokens);
  assert.ok(outcome);
  const { id, receivedAt, slots } = outcome;
  const dates = effects.slotDates(slots, new Date(receivedAt));
  return writeCancellable({ id, receivedAt, dates }, effects.cancellations);
}

test('the page left open cancels until its first moment begins, to the minute, and its calendar with it', async () => {
  const effects = fakeEffects();
  const page = inPage(await kept(effects), effects); // Monday at 8:00, for Tuesday from 9:00
  await deliverAll(effects, [idOf(1)]);
  pass(effects, 25 * 60);
  assert.equal(await cancelled(page, effects), idOf(1));
  const sealed = await effects.outbox.due(effects.at.getTime(), effects.at.getTime() + 60_000);
  const notice = messageIn(sealed?.sealed);
  assert.ok('calendars' in notice);
  assert.match(notice.text, /^ANNULATION réf\. abricot-lampe 01\n/);
  assert.deepEqual(
    notice.calendars.map(({ method }) => method),
    ['CANCEL'],
  );
});

test('once the first moment has begun it is too late, and the page learns which moments are left', async () => {
  const effects = fakeEffects();
  const page = inPage(await kept(effects, { quand: ['mar-matin', 'mer-midi'] }), effects);
  pass(effects, 25 * 60 + 0.001);
  const late = await cancel(page, effects);
  assert.equal(late.kind, 'too-late');
  assert.deepEqual(
    late.coming.map(({ slot }) => slot),
    ['mar-matin', 'mer-midi'],
  );
  pass(effects, 3 * 60); // the first is over
  const later = await cancel(page, effects);
  assert.deepEqual(later.kind === 'too-late' && later.coming.map(({ slot }) => slot), ['mer-midi']);
  pass(effects, 7 * 24 * 60);
  assert.deepEqual(await cancel(page, effects), { kind: 'too-late', coming: [] });
  assert.match((await takeDue(effects)).join(), /^Ce qui n’est pas précisé/);
});

test('a part of the day that had begun leaves thirty minutes to cancel', async () => {
  const effects = fakeEffects();
  pass(effects, 65); // 9:05
  const page = inPage(await kept(effects, { quand: 'lun-matin' }), effects);
  pass(effects, 30);
  assert.equal(await cancelled(page, effects), idOf(1));
  pass(effects, 0.001);
  assert.equal((await cancel(page, effects)).kind, 'too-late');
});

test('cancelled days later, its page lasts thirty minutes like any other', async () => {
  const effects = fakeEffects();
  const page = inPage(await kept(effects, { quand: 'ven-matin' }), effects);
  pass(effects, 3 * 24 * 60);
  const done = await cancel(page, effects);
  assert.equal(done.kind, 'cancelled');
  pass(effects, 30);
  assert.equal(readToken(done.token, effects.at, effects.tokens)?.cancelled, true);
  pass(effects, 0.001);
  assert.equal(readToken(done.token, effects.at, effects.tokens), undefined);
});

test('the page keeps the dates that the team was told, whatever its hours become', async () => {
  const effects = fakeEffects();
  const page = inPage(await kept(effects, { quand: 'mar-matin' }), effects);
  Object.assign(effects, byHours({ ...opening, exceptionalClosures: ['2026-11-24'] }));
  pass(effects, 25 * 60 + 1);
  const late = await cancel(page, effects);
  assert.equal(
    late.kind === 'too-late' && late.coming[0]?.written,
    'mardi 24 novembre 2026, matin, 9 h – 12 h',
  );
});

test('what the page holds is none of an address, and the other way round; cut or forged, it is nothing', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  const page = inPage(token, effects);
  assert.equal(readToken(page, effects.at, effects.tokens), undefined);
  assert.equal(cancellableId(page, effects), idOf(1));
  assert.equal(cancellableId(token, effects), idOf(1));
  const bomb = deflateRawSync(Buffer.alloc(1_000_000, ' '));
  const others = [
    ...['', 'x', page.slice(1), page.slice(0, -1)],
    writeCancellable({ id: idOf(1), receivedAt: 0, dates: [] }, effects.tokens),
    Buffer.from(effects.cancellations.close(Buffer.from('{}'))).toString('base64url'),
    Buffer.from(effects.cancellations.close(bomb)).toString('base64url'),
  ];
  for (const text of others) assert.equal(readCancellable(text, effects.cancellations), undefined);
});

test('what the page holds stays short, even for fifteen moments, and names no number', async () => {
  const effects = fakeEffects();
  const page = inPage(await kept(effects, { quand: 'tous' }), effects);
  assert.ok(page.length < 1500, `${page.length}`);
  const { dates } = readCancellable(page, effects.cancellations) ?? {};
  assert.equal(dates?.length, 15);
  assert.doesNotMatch(JSON.stringify(dates), /99001234|01 99/);
});

test('a cancellation that the disk refuses is said, and the journal gets a code without a word', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  effects.outbox.withdraw = async () => {
    throw Object.assign(new Error('Zoé, 01 99 00 12 34'), { code: 'ERR_SQLITE_ERROR' });
  };
  assert.deepEqual(await cancel(token, effects), { kind: 'not-kept' });
  assert.deepEqual(effects.logged.slice(1), [['cancellation-not-kept', { code: 'ERR_SQLITE_ERROR' }]]);
});

test('cancelled from elsewhere: the page is like any other, the first stands, and the team is told to decide', async () => {
  const effects = fakeEffects();
  const first = await kept(effects);
  const away = await kept(effects, {}, '198.51.100.2');
  const id = await cancelled(away, effects);
  assert.notEqual(id, idOf(1));
  assert.equal(await cancelled(away, effects), id);
  const [request, notice, ...others] = await takeDue(effects);
  assert.match(request ?? '', /^Ce qui n’est pas précisé/);
  assert.ok(
    notice?.startsWith(`ANNULATION réf. ${referenceOf(id ?? '')}\n\nNE PLUS APPELER pour cette demande`),
  );
  assert.match(
    notice ?? '',
    /aussi venues d’une autre connexion : réf\. abricot-lampe 01\. Un seul courriel est parti/,
  );
  assert.match(notice ?? '', /n’annule que ce qui est venu de la première\.\nDans le doute, ne pas appeler/);
  assert.doesNotMatch(notice ?? '', /rien à faire/);
  assert.deepEqual(others, []);
  assert.equal(await cancelled(first, effects), idOf(1));
});

test('cancelled, with the same said from elsewhere: its mail leaves all the same, so that the other is not lost', async () => {
  const effects = fakeEffects();
  const first = await kept(effects);
  const away = readToken(await kept(effects, {}, '198.51.100.2'), effects.at, effects.tokens);
  assert.equal(await cancelled(first, effects), idOf(1));
  const [request, notice, ...others] = await takeDue(effects);
  assert.match(request ?? '', /^Ce qui n’est pas précisé[\s\S]*Réf\. abricot-lampe 01 reçue /);
  assert.match(notice ?? '', /^ANNULATION réf\. abricot-lampe 01\n/);
  assert.ok(notice?.includes(`réf. ${referenceOf(away?.id ?? '')}.`));
  assert.deepEqual(others, []);
});

test('cancelled from elsewhere, the same words sent again are a new request: nothing is lost', async () => {
  const effects = fakeEffects();
  await kept(effects);
  await cancelled(await kept(effects, {}, '198.51.100.2'), effects);
  await kept(effects, {}, '198.51.100.2');
  const texts = await takeDue(effects);
  assert.deepEqual(
    texts.map((text) => /^(Ce qui|ANNULATION|NUMÉRO DÉJÀ DONNÉ)/.exec(text)?.[0]),
    ['Ce qui', 'ANNULATION', 'NUMÉRO DÉJÀ DONNÉ'],
  );
});

test('a change cancelled before it left, of a request that had left: the team is told of both', async () => {
  const effects = fakeEffects();
  const first = await kept(effects);
  await deliverAll(effects, [idOf(1)]);
  const second = await kept(effects, { prenom: 'Zoé', jeton: first });
  await cancelled(second, effects);
  const texts = await takeDue(effects);
  assert.deepEqual(
    texts.map((text) => text.split('\n')[0]),
    ['REMPLACE la demande réf. abricot-lampe 01', 'ANNULATION réf. abricot-lampe 02'],
  );
});

test('when it is changed each time in between, it gives up after five turns and says that nothing changed', async () => {
  const effects = fakeEffects();
  const token = await kept(effects);
  let turns = 0;
  effects.outbox.withdraw = async () => {
    turns += 1;
    return 'overtaken';
  };
  assert.deepEqual(await cancel(token, effects), { kind: 'not-kept' });
  assert.deepEqual([turns, effects.logged.at(-1)], [5, ['cancellation-not-kept', { code: 'OVERTAKEN' }]]);
});
