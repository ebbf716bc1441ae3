import assert from 'node:assert/strict';
import { test } from 'node:test';
import facts from '../content/faits/ligne.json' with { type: 'json' };
import { interpretedIn } from './interpreters.ts';
import { interpreters, lineFrom } from './service.ts';
import { otherTongues } from './tongues.ts';

test('nobody has said yet that an interpreter can be there', () => {
  assert.equal(interpreters.size, 0);
});

test('an interpreter of the data is said with its days and hours, in each language', () => {
  const times = { langue: 'tamoul', jours: ['mardi', 'jeudi'], ouvre: '14 h', ferme: '16 h 30' };
  const said = lineFrom({ ...facts, interpretes: [times] }).interpreters.get('tamoul');
  assert.deepEqual(said, { weekdays: [2, 4], from: 14 * 60, to: 16 * 60 + 30 });
  for (const tongue of otherTongues) {
    const sentence = interpretedIn(tongue, said ?? assert.fail());
    assert.match(sentence, /(16|4)(:30|\.30|\u00a0h\u00a030)/, sentence);
  }
  assert.match(interpretedIn('anglais', said), /Tuesday and Thursday.*2\u00a0pm.*4:30\u00a0pm/);
});
