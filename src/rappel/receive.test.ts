import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FakeDesk, fakeDesk, formOf, idOf, pass, takeDue, textOf } from './effects.fake.ts';
import { readChangeable, readToken } from './outcome.ts';
import { parseRappel } from './rappel.ts';
import { type Arrival, receive } from './receive.ts';
import { referenceOf } from './reference.ts';
import { findCanary } from './test-request.ts';

type Answers = Record<string, string | string[]>;

const home = { isUnverified: false, place: '192.0.2.1' };
const away = { isUnverified: false, place: '198.51.100.2' };

/** Sends a form that must be kept, and gives the token of its page. */
async function kept(desk: FakeDesk, answers: Answers = {}, arrival: Arrival = home): Promise<string> {
  const received = await receive(formOf(answers), desk, arrival);
  assert.equal(received.kind, 'kept', JSON.stringify(received));
  return received.token;
}

function idIn(token: string, desk: FakeDesk): string | undefined {
  return readToken(token, desk.at, desk.tokens)?.id;
}

test('a good form is kept, the courier is woken, and the page gets its token', async () => {
  const desk = fakeDesk();
  const token = await kept(desk, { prenom: 'Zoé', essais: '2' });
  assert.deepEqual(readToken(token, desk.at, desk.tokens), {
    id: idOf(1),
    receivedAt: desk.at.getTime(),
    writtenAt: desk.at.getTime(),
    slots: ['mar-matin'],
    tries: '2',
    typed: ['prenom'],
  });
  assert.equal(desk.wakes, 1);
  const [text, ...others] = await takeDue(desk);
  assert.match(text ?? '', /« Zoé »[\s\S]*\nRéf\. abricot-lampe 01\n/);
  assert.deepEqual(others, []);
});

test('a form to correct keeps nothing', async () => {
  const desk = fakeDesk();
  assert.deepEqual(await receive(formOf({ tel: '' }), desk, home), {
    kind: 'to-correct',
    problems: [{ field: 'tel', message: 'Écrivez le numéro où nous pouvons vous appeler.' }],
  });
  assert.deepEqual([await takeDue(desk), desk.wakes], [[], 0]);
});

test('moments at which the line is closed are a problem of the moments', async () => {
  const desk = fakeDesk();
  desk.opening = { ...desk.opening, exceptionalClosures: ['2026-11-24'] };
  assert.deepEqual(await receive(formOf({ quand: 'mar-matin' }), desk, home), {
    kind: 'to-correct',
    problems: [
      {
        field: 'quand',
        message:
          'La ligne est fermée à ces moments-là dans les sept prochains jours. Choisissez-en un autre.',
      },
    ],
  });
});

test('the same answers sent twice are one request', async () => {
  const desk = fakeDesk();
  const first = await kept(desk, { tel: '01 99 00 12 34' });
  pass(desk, 29);
  const again = await kept(desk, { tel: '+33 1.99.00.12.34' });
  assert.deepEqual([idIn(first, desk), idIn(again, desk)], [idOf(1), idOf(1)]);
  assert.equal((await takeDue(desk)).length, 1);
});

test('a second sending does not make the page last longer', async () => {
  const desk = fakeDesk();
  await kept(desk);
  pass(desk, 29);
  const again = await kept(desk);
  pass(desk, 2);
  assert.equal(readChangeable(again, desk.at, desk.tokens), undefined);
});

test('the same form sent twice, known by its key, is one request', async () => {
  const desk = fakeDesk();
  await kept(desk, { cle: 'a' });
  assert.equal(idIn(await kept(desk, { cle: 'a' }), desk), idOf(1));
  assert.equal((await takeDue(desk)).length, 1);
});

test('other words under the same key take the place of the first', async () => {
  const desk = fakeDesk();
  await kept(desk, { cle: 'a', prenom: 'Zoé' });
  await kept(desk, { cle: 'a', prenom: 'Anna' });
  const [text, ...others] = await takeDue(desk);
  assert.match(text ?? '', /^REMPLACE la demande réf\. abricot-lampe 01\n[\s\S]*« Anna »/);
  assert.deepEqual(others, []);
});

test('other answers without a key are another request', async () => {
  const desk = fakeDesk();
  await kept(desk);
  await kept(desk, { tel: '01 99 00 56 78' });
  assert.equal((await takeDue(desk)).length, 2);
});

test('the same answers without a key are a new request after thirty minutes', async () => {
  const desk = fakeDesk();
  await kept(desk);
  pass(desk, 30);
  assert.equal(idIn(await kept(desk), desk), idOf(2));
  assert.equal((await takeDue(desk)).length, 2);
});

test('the same form known by its key, sent again hours later, is one request', async () => {
  const desk = fakeDesk();
  await kept(desk, { cle: 'a' });
  pass(desk, 47 * 60);
  await kept(desk, { cle: 'a' });
  pass(desk, 61);
  assert.equal((await takeDue(desk)).length, 1);
  assert.equal(idIn(await kept(desk, { cle: 'a', quand: 'jeu-matin' }), desk), idOf(2));
});

test('other words from a page left open are a new request, which takes no other’s place and is kept once', async () => {
  const desk = fakeDesk();
  await kept(desk, { cle: 'a', prenom: 'Zoé' });
  pass(desk, 30);
  await kept(desk, { cle: 'a', prenom: 'Anna' });
  await kept(desk, { cle: 'a', prenom: 'Anna' });
  const texts = await takeDue(desk);
  assert.deepEqual(
    texts.map((text) => [/REMPLACE/.test(text), /Zoé|Anna/.exec(text)?.[0]]),
    [
      [false, 'Zoé'],
      [false, 'Anna'],
    ],
  );
});

test('the same form known by its key, sent again when it can no longer be changed, shows its page and no more', async () => {
  const desk = fakeDesk();
  await kept(desk, { cle: 'a' });
  pass(desk, 31);
  const again = await kept(desk, { cle: 'a' });
  assert.equal(idIn(again, desk), idOf(1));
  assert.equal(readChangeable(again, desk.at, desk.tokens), undefined);
  pass(desk, 30);
  assert.equal(idIn(again, desk), idOf(1));
  pass(desk, 1);
  assert.equal(idIn(again, desk), undefined);
});

test('a change that was kept, sent again when it can no longer be changed, shows its page too', async () => {
  const desk = fakeDesk();
  const change = { cle: 'b', prenom: 'Zoé', jeton: await kept(desk, { cle: 'a' }) };
  await kept(desk, change);
  pass(desk, 31);
  assert.equal(idIn(await kept(desk, change), desk), idOf(2));
  const other = await receive(formOf({ ...change, prenom: 'Anna' }), desk, home);
  assert.deepEqual(other, { kind: 'too-late' });
});

test('the same answers from one household are one request, in another tab or after a reload', async () => {
  const desk = fakeDesk();
  const ids = [{ cle: 'a' }, { cle: 'b' }, {}].map(async (one) => idIn(await kept(desk, one), desk));
  assert.deepEqual(await Promise.all(ids), [idOf(1), idOf(1), idOf(1)]);
  assert.equal((await takeDue(desk)).length, 1);
});

test('the same answers from elsewhere are kept once, and their page is one that any request could have', async () => {
  for (const place of [away.place, '']) {
    const desk = fakeDesk();
    const first = await kept(desk);
    pass(desk, 1);
    const second = await kept(desk, {}, { ...away, place });
    assert.equal(first.length, second.length); // not even its length tells
    assert.deepEqual(readToken(second, desk.at, desk.tokens), {
      ...readToken(first, desk.at, desk.tokens),
      id: idOf(2),
      receivedAt: desk.at.getTime(),
      writtenAt: desk.at.getTime(),
    });
    assert.equal((await takeDue(desk)).length, 1);
  }
});

test('sent from elsewhere again, by its page or its household, it is the same one', async () => {
  const desk = fakeDesk();
  await kept(desk);
  const ids = [
    idIn(await kept(desk, { cle: 'b' }, away), desk),
    idIn(await kept(desk, { cle: 'b' }, { ...away, place: '' }), desk),
    idIn(await kept(desk, {}, away), desk),
  ];
  assert.equal(new Set(ids).size, 1);
  assert.notEqual(ids[0], idOf(1));
});

test('the same moments from elsewhere, once the first of them has begun, mean those of next week: another request', async () => {
  const desk = fakeDesk();
  desk.at = new Date('2026-11-24T07:50:00Z'); // ten minutes before Tuesday morning
  await kept(desk);
  pass(desk, 11);
  await kept(desk, {}, away);
  const texts = await takeDue(desk);
  assert.deepEqual(
    texts.map((text) => /mardi .* 2026, matin/.exec(text)?.[0]),
    ['mardi 24 novembre 2026, matin', 'mardi 1er décembre 2026, matin'],
  );
});

test('changed from elsewhere: the new request takes the place of that page only, and the team is told of both', async () => {
  const desk = fakeDesk();
  await kept(desk);
  const jeton = await kept(desk, {}, away);
  await kept(desk, { prenom: 'Zoé', jeton }, away);
  const [first, changed, ...others] = await takeDue(desk);
  assert.match(first ?? '', /\nRéf\. abricot-lampe 01\n/);
  assert.match(changed ?? '', /^REMPLACE la demande réf\. abricot-lampe \d\d\n/);
  assert.match(changed ?? '', /aussi venues d’une autre connexion : réf\. abricot-lampe 01\./);
  assert.match(changed ?? '', /Dans le doute, ne pas appeler/);
  assert.deepEqual(others, []);
});

test('the first changed after somebody said the same from elsewhere: both mails leave, the second tells of it', async () => {
  const desk = fakeDesk();
  const jeton = await kept(desk);
  const other = idIn(await kept(desk, {}, away), desk) ?? '';
  await kept(desk, { prenom: 'Zoé', jeton });
  const [first, changed] = await takeDue(desk);
  assert.match(first ?? '', /^INTERDITS\n/);
  assert.ok(changed?.includes(`d’une autre connexion : réf. ${referenceOf(other)}.`));
});

test('a key that is typed meets nothing but keys: neither the words of another form, nor the test of the morning', async () => {
  const desk = fakeDesk();
  await kept(desk);
  const rappel = parseRappel(formOf());
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
    await kept(desk, { cle, tel: '01 99 00 56 78', prenom: cle.slice(0, 20) }, away);
    assert.equal(await findCanary('2026-11-30', desk), undefined);
  }
  const texts = await takeDue(desk);
  assert.equal(texts.length, 1 + typed.length);
  assert.ok(texts.every((text) => !text.includes('REMPLACE')));
});

test('the token of one request with the key of another, both his: one request more, one turn, and no end of them', async () => {
  const desk = fakeDesk();
  const { put } = desk.outbox;
  let turns = 0;
  desk.outbox.put = (entry) => {
    turns += 1;
    return put(entry);
  };
  const jeton = await kept(desk, { cle: 'a' });
  await kept(desk, { cle: 'b', prenom: 'Zoé' });
  turns = 0;
  await kept(desk, { cle: 'b', prenom: 'Anna', jeton });
  assert.equal(turns, 1);
  const texts = await takeDue(desk);
  assert.deepEqual(texts.map((text) => /Zoé|Anna/.exec(text)?.[0]).sort(), ['Anna', 'Zoé']);
});

test('when others always come in between, it gives up after five turns and says that nothing was kept', async () => {
  const desk = fakeDesk();
  let turns = 0;
  desk.outbox.put = async () => {
    turns += 1;
    return { kind: 'overtaken' };
  };
  assert.deepEqual(await receive(formOf(), desk, home), { kind: 'not-kept' });
  assert.deepEqual([turns, desk.logged], [5, [['request-not-kept', { code: 'OVERTAKEN' }]]]);
});

test('a number given again: the team is told, and what could be said or left for harm is not passed on', async () => {
  const desk = fakeDesk();
  await kept(desk, { prenom: 'Zoé' });
  pass(desk, 1);
  const harm = { tiers: 'autre', tiers_phrase: 'une phrase', message: 'nom', mot: 'un mot', essais: '2' };
  await kept(desk, harm, away);
  pass(desk, 1);
  await kept(desk, { ...harm, tel: '+33 1 99 00 12 34', mot: 'autre' }, away);
  const [first, second, third] = await takeDue(desk);
  assert.doesNotMatch(first ?? '', /déjà donné/i);
  assert.match(second ?? '', /^NUMÉRO DÉJÀ DONNÉ\n.* 1 fois depuis deux jours \(réf\. abricot-lampe 01\)\./);
  assert.match(
    third ?? '',
    /^NUMÉRO DÉJÀ DONNÉ\n.* 2 fois .* \(réf\. abricot-lampe 02, abricot-lampe 01\)\./,
  );
  for (const text of [second, third])
    assert.doesNotMatch(text ?? '', /une phrase|OUI|« un mot »|« autre »|Essai 2/);
});

test('a number given again all at once: only one mail does not tell', async () => {
  const desk = fakeDesk();
  const forms = Array.from({ length: 50 }, (_, n) => kept(desk, { prenom: `P${n}`, message: 'nom' }, away));
  await Promise.all(forms);
  const texts = await takeDue(desk);
  assert.equal(texts.filter((text) => !text.startsWith('NUMÉRO DÉJÀ DONNÉ')).length, 1);
  assert.equal(texts.filter((text) => text.includes('OUI')).length, 1);
});

test('a request that is changed does not make its number a number given again', async () => {
  const desk = fakeDesk();
  const jeton = await kept(desk, { mot: 'un mot' });
  await kept(desk, { mot: 'un autre', jeton });
  await kept(desk, { mot: 'un troisième', jeton, tel: '01 99 00 56 78' });
  const texts = await takeDue(desk);
  assert.doesNotMatch(texts.join(), /déjà donné/i);
});

test('two days later a number is one like any other', async () => {
  const desk = fakeDesk();
  await kept(desk);
  pass(desk, 48 * 60);
  await kept(desk, { prenom: 'Zoé' });
  assert.doesNotMatch((await takeDue(desk)).join(), /déjà donné/i);
});

test('a double click, both at once, is one request', async () => {
  for (const answers of [{}, { cle: 'a' }]) {
    const desk = fakeDesk();
    const tokens = await Promise.all([kept(desk, answers), kept(desk, answers), kept(desk, answers)]);
    assert.equal(new Set(tokens.map((token) => idIn(token, desk))).size, 1);
    assert.equal((await takeDue(desk)).length, 1);
  }
});

test('two changes of one request at the same instant: the second takes the place of the first', async () => {
  const desk = fakeDesk();
  const jeton = await kept(desk);
  const names = ['Zoé', 'Anna', 'Léa'];
  await Promise.all(names.map((prenom) => kept(desk, { prenom, jeton })));
  assert.equal((await takeDue(desk)).length, 1);
});

test('a request that leaves after its last moment says first not to call', async () => {
  const desk = fakeDesk();
  await kept(desk, { prenom: 'Zoé' });
  const found = await desk.outbox.due(desk.at.getTime(), desk.at.getTime() + 1);
  assert.equal(found?.late?.from, Date.parse('2026-11-24T11:00:00Z')); // mar-matin ends at noon in Paris
  assert.match(textOf(found?.late?.sealed), /^NE PLUS APPELER\n[\s\S]*« Zoé »/);
});

test('a request changed from its page is replaced, even twice from the same page', async () => {
  const desk = fakeDesk();
  const jeton = await kept(desk, { prenom: 'Zoé' });
  await kept(desk, { prenom: 'Anna', jeton });
  await kept(desk, { prenom: 'Léa', jeton });
  const [text, ...others] = await takeDue(desk);
  assert.match(text ?? '', /^REMPLACE la demande réf\. abricot-lampe 02\n[\s\S]*« Léa »/);
  assert.deepEqual(others, []);
});

test('a change that changes nothing leaves the request alone', async () => {
  const desk = fakeDesk();
  const jeton = await kept(desk);
  assert.equal(idIn(await kept(desk, { jeton }), desk), idOf(1));
});

test('a change back to the first words is not lost', async () => {
  const desk = fakeDesk();
  const first = await kept(desk, { prenom: 'Zoé' });
  const second = await kept(desk, { prenom: 'Anna', jeton: first });
  await kept(desk, { prenom: 'Zoé', jeton: second });
  const [text, ...others] = await takeDue(desk);
  assert.match(text ?? '', /^REMPLACE la demande réf\. abricot-lampe 02\n[\s\S]*« Zoé »/);
  assert.deepEqual(others, []);
});

test('a change of a request that already left is sent beside it', async () => {
  const desk = fakeDesk();
  const jeton = await kept(desk, { prenom: 'Zoé' });
  await takeDue(desk);
  await desk.outbox.erase(idOf(1));
  await kept(desk, { prenom: 'Anna', jeton });
  assert.match((await takeDue(desk)).join(), /^REMPLACE la demande réf\. abricot-lampe 01\n/);
});

test('a change after thirty minutes, or from a forged page, is too late and keeps nothing', async () => {
  const desk = fakeDesk();
  const jeton = await kept(desk, { prenom: 'Zoé' });
  pass(desk, 30.01);
  for (const token of [jeton, 'forged']) {
    const late = await receive(formOf({ prenom: 'Anna', jeton: token }), desk, home);
    assert.deepEqual(late, { kind: 'too-late' });
  }
  const [text, ...others] = await takeDue(desk);
  assert.match(text ?? '', /« Zoé »/);
  assert.deepEqual(others, []);
});

test('a request that the disk refuses is not noted, and the journal gets a code without a word', async () => {
  const desk = fakeDesk();
  desk.outbox.put = async () => {
    throw Object.assign(new Error('Zoé, 01 99 00 12 34'), { code: 'ERR_SQLITE_ERROR' });
  };
  assert.deepEqual(await receive(formOf({ prenom: 'Zoé' }), desk, home), { kind: 'not-kept' });
  assert.deepEqual(desk.logged, [['request-not-kept', { code: 'ERR_SQLITE_ERROR' }]]);
  assert.equal(desk.wakes, 0);
});

test('the answer waits until the outbox has the request on disk', async () => {
  const desk = fakeDesk();
  const { put } = desk.outbox;
  const disk = Promise.withResolvers<void>();
  const steps: string[] = [];
  desk.outbox.put = async (entry) => {
    await disk.promise;
    const done = await put(entry);
    steps.push('on disk');
    return done;
  };
  const answer = receive(formOf(), desk, home).then(({ kind }) => steps.push(kind));
  await new Promise(setImmediate);
  steps.push('disk slow');
  disk.resolve();
  await answer;
  assert.deepEqual(steps, ['disk slow', 'on disk', 'kept']);
});
