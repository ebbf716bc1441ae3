import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opening } from '../service/service.ts';
import {
  type FakeEffects,
  fakeEffects,
  formOf,
  idOf,
  messageIn,
  pass,
  takeDue,
  textOf,
} from './effects.fake.ts';
import { byHours } from './effects.ts';
import { readChangeable, readToken } from './outcome.ts';
import { type Arrival, receive } from './receive.ts';
import { referenceOf } from './reference.ts';
import { findTestRequest } from './test-request.ts';

type Answers = Record<string, string | string[]>;

const home = { isUnverified: false, place: '192.0.2.1' };
const away = { isUnverified: false, place: '198.51.100.2' };

/** Sends a form that must be kept, and gives the token of its page. */
async function kept(effects: FakeEffects, answers: Answers = {}, arrival: Arrival = home): Promise<string> {
  const received = await receive(formOf(answers), effects, arrival);
  assert.equal(received.kind, 'kept', JSON.stringify(received));
  return received.token;
}

function idIn(token: string, effects: FakeEffects): string | undefined {
  return readToken(token, effects.at, effects.tokens)?.id;
}

test('a good form is kept, the courier is woken, and the page gets its token', async () => {
  const effects = fakeEffects();
  const token = await kept(effects, { prenom: 'Zoé', essais: '2' });
  assert.deepEqual(readToken(token, effects.at, effects.tokens), {
    id: idOf(1),
    receivedAt: effects.at.getTime(),
    writtenAt: effects.at.getTime(),
    slots: ['mar-matin'],
    tries: '2',
    typed: ['prenom'],
  });
  assert.equal(effects.wakes, 1);
  const [text, ...others] = await takeDue(effects);
  assert.match(text ?? '', /« Zoé »[\s\S]*\nRéf\. abricot-lampe 01 reçue /);
  assert.deepEqual(others, []);
});

test('a form to correct keeps nothing', async () => {
  const effects = fakeEffects();
  assert.deepEqual(await receive(formOf({ tel: '' }), effects, home), {
    kind: 'to-correct',
    problems: [{ field: 'tel', word: 'erreur.tel.vide' }],
  });
  assert.deepEqual([await takeDue(effects), effects.wakes], [[], 0]);
});

test('moments at which nobody calls for three weeks are a problem of the moments', async () => {
  const effects = fakeEffects();
  const tuesdays = ['2026-11-24', '2026-12-01', '2026-12-08'];
  Object.assign(effects, byHours({ ...opening, exceptionalClosures: tuesdays }));
  assert.deepEqual(await receive(formOf({ quand: 'mar-matin' }), effects, home), {
    kind: 'to-correct',
    problems: [{ field: 'quand', word: 'erreur.quand.ferme' }],
  });
  await kept(effects, { quand: ['mar-matin', 'mer-matin'] });
  const [text] = await takeDue(effects);
  assert.doesNotMatch(text ?? '', /mardi/);
  assert.match(text ?? '', /mercredi 25 novembre 2026, matin/);
});

test('the same answers sent twice are one request', async () => {
  const effects = fakeEffects();
  const first = await kept(effects, { tel: '01 99 00 12 34' });
  pass(effects, 29);
  const again = await kept(effects, { tel: '+33 1.99.00.12.34' });
  assert.deepEqual([idIn(first, effects), idIn(again, effects)], [idOf(1), idOf(1)]);
  assert.equal((await takeDue(effects)).length, 1);
});

test('a second sending does not make the page last longer', async () => {
  const effects = fakeEffects();
  await kept(effects);
  pass(effects, 29);
  const again = await kept(effects);
  pass(effects, 2);
  assert.equal(readChangeable(again, effects.at, effects.tokens), undefined);
});

test('the same form sent twice, known by its key, is one request', async () => {
  const effects = fakeEffects();
  await kept(effects, { cle: 'a' });
  assert.equal(idIn(await kept(effects, { cle: 'a' }), effects), idOf(1));
  assert.equal((await takeDue(effects)).length, 1);
});

test('other words under the same key take the place of the first', async () => {
  const effects = fakeEffects();
  await kept(effects, { cle: 'a', prenom: 'Zoé' });
  await kept(effects, { cle: 'a', prenom: 'Anna' });
  const [text, ...others] = await takeDue(effects);
  assert.match(text ?? '', /^REMPLACE la demande réf\. abricot-lampe 01\n[\s\S]*« Anna »/);
  assert.deepEqual(others, []);
});

test('other answers without a key are another request', async () => {
  const effects = fakeEffects();
  await kept(effects);
  await kept(effects, { tel: '01 99 00 56 78' });
  assert.equal((await takeDue(effects)).length, 2);
});

test('the same answers without a key are a new request after thirty minutes', async () => {
  const effects = fakeEffects();
  await kept(effects);
  pass(effects, 30);
  assert.equal(idIn(await kept(effects), effects), idOf(2));
  assert.equal((await takeDue(effects)).length, 2);
});

test('the same form known by its key, sent again hours later, is one request', async () => {
  const effects = fakeEffects();
  await kept(effects, { cle: 'a' });
  pass(effects, 47 * 60);
  await kept(effects, { cle: 'a' });
  pass(effects, 61);
  assert.equal((await takeDue(effects)).length, 1);
  assert.equal(idIn(await kept(effects, { cle: 'a', quand: 'jeu-matin' }), effects), idOf(2));
});

test('other words from a page left open are a new request, which takes no other’s place and is kept once', async () => {
  const effects = fakeEffects();
  await kept(effects, { cle: 'a', prenom: 'Zoé' });
  pass(effects, 30);
  await kept(effects, { cle: 'a', prenom: 'Anna' });
  await kept(effects, { cle: 'a', prenom: 'Anna' });
  const texts = await takeDue(effects);
  assert.deepEqual(
    texts.map((text) => [/REMPLACE/.test(text), /Zoé|Anna/.exec(text)?.[0]]),
    [
      [false, 'Zoé'],
      [false, 'Anna'],
    ],
  );
});

test('the same form known by its key, sent again when it can no longer be changed, shows its page and no more', async () => {
  const effects = fakeEffects();
  await kept(effects, { cle: 'a' });
  pass(effects, 31);
  const again = await kept(effects, { cle: 'a' });
  assert.equal(idIn(again, effects), idOf(1));
  assert.equal(readChangeable(again, effects.at, effects.tokens), undefined);
  pass(effects, 30);
  assert.equal(idIn(again, effects), idOf(1));
  pass(effects, 1);
  assert.equal(idIn(again, effects), undefined);
});

test('a change that was kept, sent again when it can no longer be changed, shows its page too', async () => {
  const effects = fakeEffects();
  const change = { cle: 'b', prenom: 'Zoé', jeton: await kept(effects, { cle: 'a' }) };
  await kept(effects, change);
  pass(effects, 31);
  assert.equal(idIn(await kept(effects, change), effects), idOf(2));
  const other = await receive(formOf({ ...change, prenom: 'Anna' }), effects, home);
  assert.deepEqual(other, { kind: 'too-late' });
});

test('the same answers from one household are one request, in another tab or after a reload', async () => {
  const effects = fakeEffects();
  const ids = [{ cle: 'a' }, { cle: 'b' }, {}].map(async (one) => idIn(await kept(effects, one), effects));
  assert.deepEqual(await Promise.all(ids), [idOf(1), idOf(1), idOf(1)]);
  assert.equal((await takeDue(effects)).length, 1);
});

test('the same answers from elsewhere are kept once, and their page is one that any request could have', async () => {
  for (const place of [away.place, '']) {
    const effects = fakeEffects();
    const first = await kept(effects);
    pass(effects, 1);
    const second = await kept(effects, {}, { ...away, place });
    assert.equal(first.length, second.length); // not even its length tells
    assert.deepEqual(readToken(second, effects.at, effects.tokens), {
      ...readToken(first, effects.at, effects.tokens),
      id: idOf(2),
      receivedAt: effects.at.getTime(),
      writtenAt: effects.at.getTime(),
    });
    assert.equal((await takeDue(effects)).length, 1);
  }
});

test('sent from elsewhere again, by its page or its household, it is the same one', async () => {
  const effects = fakeEffects();
  await kept(effects);
  const ids = [
    idIn(await kept(effects, { cle: 'b' }, away), effects),
    idIn(await kept(effects, { cle: 'b' }, { ...away, place: '' }), effects),
    idIn(await kept(effects, {}, away), effects),
  ];
  assert.equal(new Set(ids).size, 1);
  assert.notEqual(ids[0], idOf(1));
});

test('the same moments from elsewhere while one of them goes on are the same dates: one request', async () => {
  const effects = fakeEffects();
  effects.at = new Date('2026-11-24T07:50:00Z'); // ten minutes before Tuesday morning
  await kept(effects);
  pass(effects, 15);
  await kept(effects, {}, away);
  pass(effects, 10);
  await kept(effects, {}, away);
  const texts = await takeDue(effects);
  assert.equal(texts.length, 1);
});

test('made at 10:50 and sent again once less than an hour is left, they mean those of next week: another request', async () => {
  for (const [minutes, count] of [
    [10, 1],
    [10.99, 1],
    [11, 2],
    [20, 2],
  ] as const) {
    const effects = fakeEffects();
    effects.at = new Date('2026-11-24T09:50:00Z');
    await kept(effects);
    pass(effects, minutes);
    await kept(effects, {}, away);
    const texts = await takeDue(effects);
    assert.deepEqual(
      texts.map((text) => /mardi .* 2026, matin/.exec(text)?.[0]),
      ['mardi 24 novembre 2026, matin', 'mardi 1er décembre 2026, matin'].slice(0, count),
      `${minutes} minutes later`,
    );
  }
});

test('changed from elsewhere: the new request takes the place of that page only, and the team is told of both', async () => {
  const effects = fakeEffects();
  await kept(effects);
  const jeton = await kept(effects, {}, away);
  await kept(effects, { prenom: 'Zoé', jeton }, away);
  const [first, changed, ...others] = await takeDue(effects);
  assert.match(first ?? '', /\nRéf\. abricot-lampe 01 reçue /);
  assert.match(changed ?? '', /^REMPLACE la demande réf\. abricot-lampe \d\d\n/);
  assert.match(changed ?? '', /aussi venues d’une autre connexion : réf\. abricot-lampe 01\./);
  assert.match(changed ?? '', /Dans le doute, ne pas appeler/);
  assert.deepEqual(others, []);
});

test('the first changed after somebody said the same from elsewhere: both mails leave, the second tells of it', async () => {
  const effects = fakeEffects();
  const jeton = await kept(effects);
  const other = idIn(await kept(effects, {}, away), effects) ?? '';
  await kept(effects, { prenom: 'Zoé', jeton });
  const [first, changed] = await takeDue(effects);
  assert.match(first ?? '', /^Ce qui n’est pas précisé/);
  assert.ok(changed?.includes(`d’une autre connexion : réf. ${referenceOf(other)}.`));
});

test('a key that is typed meets nothing but keys: neither the words of another form, nor the test of the morning', async () => {
  const effects = fakeEffects();
  await kept(effects);
  const rappel = effects.parse(formOf());
  assert.ok(rappel.ok);
  const words = JSON.stringify(rappel.rappel);
  const typed = [
    words,
    `contenu:${words}`,
    `lieu:${home.place}\n${words}`,
    'essai 2026-11-30',
    'essai:2026-11-30',
  ];
  for (const cle of typed) {
    await kept(effects, { cle, tel: '01 99 00 56 78', prenom: cle.slice(0, 20) }, away);
    assert.equal(await findTestRequest('2026-11-30', effects), undefined);
  }
  const texts = await takeDue(effects);
  assert.equal(texts.length, 1 + typed.length);
  assert.ok(texts.every((text) => !text.includes('REMPLACE')));
});

test('the token of one request with the key of another, both his: one request more, one turn, and no end of them', async () => {
  const effects = fakeEffects();
  const { put } = effects.outbox;
  let turns = 0;
  effects.outbox.put = (entry) => {
    turns += 1;
    return put(entry);
  };
  const jeton = await kept(effects, { cle: 'a' });
  await kept(effects, { cle: 'b', prenom: 'Zoé' });
  turns = 0;
  await kept(effects, { cle: 'b', prenom: 'Anna', jeton });
  assert.equal(turns, 1);
  const texts = await takeDue(effects);
  assert.deepEqual(texts.map((text) => /Zoé|Anna/.exec(text)?.[0]).sort(), ['Anna', 'Zoé']);
});

test('when others always come in between, it gives up after five turns and says that nothing was kept', async () => {
  const effects = fakeEffects();
  let turns = 0;
  effects.outbox.put = async () => {
    turns += 1;
    return { kind: 'overtaken' };
  };
  assert.deepEqual(await receive(formOf(), effects, home), { kind: 'not-kept' });
  assert.deepEqual([turns, effects.logged], [5, [['request-not-kept', { code: 'OVERTAKEN' }]]]);
});

test('a number given again: the team is told, and what could be said or left for harm is not passed on', async () => {
  const effects = fakeEffects();
  await kept(effects, { prenom: 'Zoé' });
  pass(effects, 1);
  const harm = { tiers: 'autre', tiers_phrase: 'une phrase', message: 'nom', mot: 'un mot', essais: '2' };
  await kept(effects, harm, away);
  pass(effects, 1);
  await kept(effects, { ...harm, tel: '+33 1 99 00 12 34', mot: 'autre' }, away);
  const [first, second, third] = await takeDue(effects);
  assert.doesNotMatch(first ?? '', /déjà donné/i);
  assert.match(second ?? '', /^NUMÉRO DÉJÀ DONNÉ\n.* 1 fois depuis deux jours \(réf\. abricot-lampe 01\)\./);
  assert.match(
    third ?? '',
    /^NUMÉRO DÉJÀ DONNÉ\n.* 2 fois .* \(réf\. abricot-lampe 02, abricot-lampe 01\)\./,
  );
  for (const text of [second, third])
    assert.doesNotMatch(text ?? '', /une phrase|OUI|« un mot »|« autre »|Essais : 2|autre essai/);
});

test('a number given again all at once: only one mail does not tell', async () => {
  const effects = fakeEffects();
  const forms = Array.from({ length: 50 }, (_, n) =>
    kept(effects, { prenom: `P${n}`, message: 'neutre' }, away),
  );
  await Promise.all(forms);
  const texts = await takeDue(effects);
  assert.equal(texts.filter((text) => !text.startsWith('NUMÉRO DÉJÀ DONNÉ')).length, 1);
  assert.equal(texts.filter((text) => text.includes('OUI')).length, 1);
});

test('a request that is changed does not make its number a number given again', async () => {
  const effects = fakeEffects();
  const jeton = await kept(effects, { mot: 'un mot' });
  await kept(effects, { mot: 'un autre', jeton });
  await kept(effects, { mot: 'un troisième', jeton, tel: '01 99 00 56 78' });
  const texts = await takeDue(effects);
  assert.doesNotMatch(texts.join(), /déjà donné/i);
});

test('two days later a number is one like any other', async () => {
  const effects = fakeEffects();
  await kept(effects);
  pass(effects, 48 * 60);
  await kept(effects, { prenom: 'Zoé' });
  assert.doesNotMatch((await takeDue(effects)).join(), /déjà donné/i);
});

test('a double click, both at once, is one request', async () => {
  for (const answers of [{}, { cle: 'a' }]) {
    const effects = fakeEffects();
    const tokens = await Promise.all([
      kept(effects, answers),
      kept(effects, answers),
      kept(effects, answers),
    ]);
    assert.equal(new Set(tokens.map((token) => idIn(token, effects))).size, 1);
    assert.equal((await takeDue(effects)).length, 1);
  }
});

test('two changes of one request at the same instant: the second takes the place of the first', async () => {
  const effects = fakeEffects();
  const jeton = await kept(effects);
  const names = ['Zoé', 'Anna', 'Léa'];
  await Promise.all(names.map((prenom) => kept(effects, { prenom, jeton })));
  assert.equal((await takeDue(effects)).length, 1);
});

test('a request that leaves after its last moment says first not to call', async () => {
  const effects = fakeEffects();
  await kept(effects, { prenom: 'Zoé' });
  const due = await effects.outbox.due(effects.at.getTime(), effects.at.getTime() + 1);
  assert.equal(due?.late?.from, Date.parse('2026-11-24T11:00:00Z')); // mar-matin ends at noon in Paris
  assert.match(textOf(due?.late?.sealed), /^NE PLUS APPELER\n[\s\S]*« Zoé »/);
});

test('a request changed from its page is replaced, even twice from the same page', async () => {
  const effects = fakeEffects();
  const jeton = await kept(effects, { prenom: 'Zoé' });
  await kept(effects, { prenom: 'Anna', jeton });
  await kept(effects, { prenom: 'Léa', jeton });
  const [text, ...others] = await takeDue(effects);
  assert.match(text ?? '', /^REMPLACE la demande réf\. abricot-lampe 02\n[\s\S]*« Léa »/);
  assert.deepEqual(others, []);
});

test('a change that changes nothing leaves the request alone', async () => {
  const effects = fakeEffects();
  const jeton = await kept(effects);
  assert.equal(idIn(await kept(effects, { jeton }), effects), idOf(1));
});

test('a change back to the first words is not lost', async () => {
  const effects = fakeEffects();
  const first = await kept(effects, { prenom: 'Zoé' });
  const second = await kept(effects, { prenom: 'Anna', jeton: first });
  await kept(effects, { prenom: 'Zoé', jeton: second });
  const [text, ...others] = await takeDue(effects);
  assert.match(text ?? '', /^REMPLACE la demande réf\. abricot-lampe 02\n[\s\S]*« Zoé »/);
  assert.deepEqual(others, []);
});

test('a change of a request that already left is sent beside it', async () => {
  const effects = fakeEffects();
  const jeton = await kept(effects, { prenom: 'Zoé' });
  await takeDue(effects);
  await effects.outbox.erase(idOf(1));
  await kept(effects, { prenom: 'Anna', jeton });
  assert.match((await takeDue(effects)).join(), /^REMPLACE la demande réf\. abricot-lampe 01\n/);
});

test('a change after thirty minutes, or from a forged page, is too late and keeps nothing', async () => {
  const effects = fakeEffects();
  const jeton = await kept(effects, { prenom: 'Zoé' });
  pass(effects, 30.01);
  for (const token of [jeton, 'forged']) {
    const late = await receive(formOf({ prenom: 'Anna', jeton: token }), effects, home);
    assert.deepEqual(late, { kind: 'too-late' });
  }
  const [text, ...others] = await takeDue(effects);
  assert.match(text ?? '', /« Zoé »/);
  assert.deepEqual(others, []);
});

test('a request that the disk refuses is not noted, and the journal gets a code without a word', async () => {
  const effects = fakeEffects();
  effects.outbox.put = async () => {
    throw Object.assign(new Error('Zoé, 01 99 00 12 34'), { code: 'ERR_SQLITE_ERROR' });
  };
  assert.deepEqual(await receive(formOf({ prenom: 'Zoé' }), effects, home), { kind: 'not-kept' });
  assert.deepEqual(effects.logged, [['request-not-kept', { code: 'ERR_SQLITE_ERROR' }]]);
  assert.equal(effects.wakes, 0);
});

test('the answer waits until the outbox has the request on disk', async () => {
  const effects = fakeEffects();
  const { put } = effects.outbox;
  const disk = Promise.withResolvers<void>();
  const steps: string[] = [];
  effects.outbox.put = async (entry) => {
    await disk.promise;
    const done = await put(entry);
    steps.push('on disk');
    return done;
  };
  const answer = receive(formOf(), effects, home).then(({ kind }) => steps.push(kind));
  await new Promise(setImmediate);
  steps.push('disk slow');
  disk.resolve();
  await answer;
  assert.deepEqual(steps, ['disk slow', 'on disk', 'kept']);
});

const ban = { eviter: 'le mercredi' };
const banIsLost = /^La demande remplacée portait un « surtout pas »/;

/** Which request the page of a token names as replaced. */
function replacedIn(token: string, effects: FakeEffects): string | undefined {
  return readToken(token, effects.at, effects.tokens)?.replaces;
}

test('a change that forgets a ban or a word says so first, and takes its old moments out of the calendar', async () => {
  const effects = fakeEffects();
  const first = await kept(effects, { ...ban, mot: 'hirondelle' });
  const second = await kept(effects, { quand: 'jeu-matin', jeton: first });
  assert.deepEqual([replacedIn(first, effects), replacedIn(second, effects)], [undefined, idOf(1)]);
  const due = await effects.outbox.due(effects.at.getTime(), effects.at.getTime() + 60_000);
  const mail = messageIn(due?.sealed);
  assert.match(mail.text, banIsLost);
  assert.match(mail.text, /« surtout pas »[^\n]* mot/);
  assert.ok('calendars' in mail);
  const [cancel, publish] = [...mail.calendars].sort((a, b) => a.method.localeCompare(b.method));
  assert.equal(cancel?.method, 'CANCEL');
  assert.match(cancel?.file ?? '', /20261124/);
  assert.match(publish?.file ?? '', /20261126/);
});

test('a change that keeps its ban, or never had one, says nothing of it', async () => {
  for (const [before, after] of [
    [ban, { eviter: 'le jeudi' }],
    [{}, {}],
    [{ prenom: 'Zoé' }, ban],
  ]) {
    const effects = fakeEffects();
    await kept(effects, { ...after, quand: 'jeu-matin', jeton: await kept(effects, before) });
    const [text = ''] = await takeDue(effects);
    assert.match(text, /^REMPLACE/);
    assert.doesNotMatch(text, /portait/);
  }
});

test('what a change forgets, the change after it still tells', async () => {
  const effects = fakeEffects();
  const first = await kept(effects, ban);
  const second = await kept(effects, { quand: 'jeu-matin', jeton: first });
  await kept(effects, { quand: 'ven-matin', jeton: second });
  const [text = ''] = await takeDue(effects);
  assert.match(text, /^REMPLACE la demande réf\. abricot-lampe 02$/m);
  assert.match(text, banIsLost);
});

test('what took the place of the request of an old page is not said to have held what that one held', async () => {
  const effects = fakeEffects();
  const first = await kept(effects, ban);
  await kept(effects, { ...ban, quand: 'jeu-matin', jeton: first });
  const third = await kept(effects, { quand: 'ven-matin', jeton: first });
  assert.equal(replacedIn(third, effects), idOf(2));
  const [text = ''] = await takeDue(effects);
  assert.match(text, /^REMPLACE la demande réf\. abricot-lampe 02/);
  assert.doesNotMatch(text, /portait/);
});

test('a change sent twice still names what it replaced', async () => {
  const effects = fakeEffects();
  const jeton = await kept(effects, ban);
  const change = { quand: 'jeu-matin', cle: 'a', jeton };
  const [second, again] = [await kept(effects, change), await kept(effects, change)];
  assert.deepEqual([idIn(again, effects), replacedIn(second, effects)], [idOf(2), idOf(1)]);
  assert.equal(replacedIn(again, effects), idOf(1));
  const same = await kept(effects, { ...change, jeton: second });
  assert.deepEqual([idIn(same, effects), replacedIn(same, effects)], [idOf(2), idOf(1)]);
});
