import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FakeDesk, fakeDesk, formOf, idOf, pass, takeDue, textOf } from './desk.fake.ts';
import { readToken } from './outcome.ts';
import { receive } from './receive.ts';

type Answers = Record<string, string | string[]>;

/** Sends a form that must be kept, and gives the token of its page. */
async function kept(desk: FakeDesk, answers: Answers = {}): Promise<string> {
  const received = await receive(formOf(answers), desk);
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
  assert.deepEqual(await receive(formOf({ tel: '' }), desk), {
    kind: 'to-correct',
    problems: [{ field: 'tel', message: 'Écrivez le numéro où nous pouvons vous appeler.' }],
  });
  assert.deepEqual([await takeDue(desk), desk.wakes], [[], 0]);
});

test('moments at which the line is closed are a problem of the moments', async () => {
  const desk = fakeDesk();
  desk.opening = { ...desk.opening, exceptionalClosures: ['2026-11-24'] };
  assert.deepEqual(await receive(formOf({ quand: 'mar-matin' }), desk), {
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
  assert.equal(idIn(again, desk), undefined);
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
    texts.map((text) => [text.startsWith('INTERDITS'), /Zoé|Anna/.exec(text)?.[0]]),
    [
      [true, 'Zoé'],
      [true, 'Anna'],
    ],
  );
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
    const late = await receive(formOf({ prenom: 'Anna', jeton: token }), desk);
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
  assert.deepEqual(await receive(formOf({ prenom: 'Zoé' }), desk), { kind: 'not-kept' });
  assert.deepEqual(desk.logged, [['request-not-kept', { code: 'ERR_SQLITE_ERROR' }]]);
  assert.equal(desk.wakes, 0);
});

test('the answer waits until the outbox has the request on disk', async () => {
  const desk = fakeDesk();
  const { put } = desk.outbox;
  const disk = Promise.withResolvers<void>();
  const steps: string[] = [];
  desk.outbox.put = async (entry, since) => {
    await disk.promise;
    const done = await put(entry, since);
    steps.push('on disk');
    return done;
  };
  const answer = receive(formOf(), desk).then(({ kind }) => steps.push(kind));
  await new Promise(setImmediate);
  steps.push('disk slow');
  disk.resolve();
  await answer;
  assert.deepEqual(steps, ['disk slow', 'on disk', 'kept']);
});
