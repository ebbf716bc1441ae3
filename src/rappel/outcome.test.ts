import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opening } from '../service/service.ts';
import { formOf, idOf } from './effects.fake.ts';
import { choicesIn, type Outcome, outcomeOf, readChangeable, readToken, writeToken } from './outcome.ts';
import { parserFor } from './rappel.ts';
import { boxFor } from './seal.ts';

const parseRappel = parserFor(opening);
const box = boxFor('a secret', 'token');
const receivedAt = Date.parse('2026-11-23T08:00:00Z');

function outcomeFor(answers: Record<string, string>): Outcome {
  const parsed = parseRappel(formOf(answers));
  assert.ok(parsed.ok);
  return outcomeOf(parsed.rappel, { id: idOf(1), receivedAt }, later(0));
}

/** Some seconds after the request was kept. */
function later(seconds: number): Date {
  return new Date(receivedAt + seconds * 1000);
}

test('a token gives back what was chosen, and the names of what was typed', () => {
  const outcome = outcomeFor({
    tiers: 'autre',
    tiers_phrase: 'jardin',
    message: 'nom',
    essais: '2',
    mot: 'lune',
  });
  assert.deepEqual(readToken(writeToken(outcome, box), later(60), box), {
    id: idOf(1),
    receivedAt,
    writtenAt: receivedAt,
    slots: ['mar-matin'],
    otherAnswer: 'autre',
    voicemail: 'nom',
    tries: '2',
    typed: ['tiers_phrase', 'mot'],
  });
});

test('a token holds neither the number nor a typed word, even for who has the key', () => {
  const typed = { eviter: 'mercredi', tiers_phrase: 'jardin', mot: 'lune', prenom: 'Zoé', langue: 'tamoul' };
  const token = writeToken(outcomeFor({ ...typed, tiers: 'autre' }), box);
  const clear = Buffer.from(box.open(Buffer.from(token, 'base64url'))).toString();
  for (const word of [...Object.values(typed), '99001234', '01 99']) assert.ok(!clear.includes(word), word);
  assert.match(clear, /"typed":\["eviter","tiers_phrase","mot","prenom","langue"\]/);
});

test('a token can travel in an address as it is', () => {
  assert.match(writeToken(outcomeFor({ prenom: 'Zoé' }), box), /^[\w-]+$/);
});

test('a token lasts thirty minutes, to the millisecond', () => {
  const token = writeToken(outcomeFor({}), box);
  assert.equal(readToken(token, later(1800), box)?.id, idOf(1));
  assert.equal(readToken(token, later(1800.001), box), undefined);
});

test('a token written again later is shown for thirty minutes more, and changes nothing any more', () => {
  const token = writeToken({ ...outcomeFor({}), writtenAt: later(2000).getTime() }, box);
  assert.equal(readToken(token, later(3800), box)?.id, idOf(1));
  assert.equal(readToken(token, later(3800.001), box), undefined);
  assert.equal(readChangeable(token, later(2000), box), undefined);
  assert.equal(readChangeable(token, later(1800), box)?.id, idOf(1));
});

test('a token from a time that has not come was written before the clock was set back: it is nothing', () => {
  const token = writeToken(outcomeFor({}), box);
  assert.equal(readToken(token, later(-1800), box)?.id, idOf(1)); // two machines may differ
  assert.equal(readToken(token, later(-86_400), box), undefined);
});

test('a token that is forged, cut, empty or closed for something else is nothing', () => {
  const outcome = outcomeFor({});
  const token = writeToken(outcome, box);
  const forged = [
    ...['', 'jeton', token.slice(0, -1), token.slice(1), `A${token}`],
    Buffer.from(JSON.stringify(outcome)).toString('base64url'),
    writeToken(outcome, boxFor('a secret', 'message')),
    writeToken(outcome, boxFor('another secret', 'token')),
  ];
  for (const text of forged) assert.equal(readToken(text, later(60), box), undefined, text);
});

test('the form made again from a token holds what was chosen under the same names, and nothing typed', () => {
  const choices = { tiers: 'autre', message: 'nom', essais: '2' };
  const answers = { ...choices, tiers_phrase: 'jardin', mot: 'lune', prenom: 'Zoé', langue: 'tamoul' };
  const token = writeToken(outcomeFor(answers), box);
  const outcome = readToken(token, later(60), box);
  assert.ok(outcome);
  assert.deepEqual([...choicesIn(outcome)], [['quand', 'mar-matin'], ...Object.entries(choices)]);
  assert.deepEqual([...choicesIn(outcomeFor({}))], [['quand', 'mar-matin']]);
});
