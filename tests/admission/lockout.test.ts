// What one address sends by the thousand takes nothing from the person who shares it, nor from the team.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { referenceOf } from '../../src/rappel/reference.ts';
import { type Machine, machineOf, type Seen, tokenOf } from './in-process.ts';

const home = '192.0.2.1';
const person = { tel: '01 99 00 12 34', quand: 'ven-matin', duree: '80' };
const hers = { ...person, prenom: 'Tournesol' };
const times = 10_000;

async function repeat(attempt: (nth: number) => Promise<Seen>): Promise<Map<number, number>> {
  const statuses = new Map<number, number>();
  for (let nth = 0; nth < times; nth += 1) {
    const { status } = await attempt(nth);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  return statuses;
}

const floods: Record<string, (machine: Machine) => (nth: number) => Promise<Seen>> = {
  'empty forms': (machine) => () => machine.post(home, {}),
  'forms with one thing to correct': (machine) => (nth) => machine.post(home, { ...person, quand: `${nth}` }),
  'whole forms with a token of nobody': (machine) => (nth) =>
    machine.post(home, { ...person, jeton: `${nth}` }),
  'empty forms of an old browser': (machine) => () => machine.post(home, {}, { headers: {} }),
};

for (const [what, flood] of Object.entries(floods)) {
  test(`ten thousand ${what} do not refuse hers, and only some are shown again`, async () => {
    const machine = machineOf(1);
    const statuses = await repeat(flood(machine));
    const shown = times - (statuses.get(429) ?? 0);
    assert.ok(shown >= 96 && shown <= 2 * 144, `${shown}`); // twice: an hour may end meanwhile
    assert.equal((await machine.post(home, hers)).status, 303);
    assert.equal((await machine.post(home, hers, { headers: {} })).status, 303);
  });
}

test('one form sent ten thousand times is one request, and takes one place', async () => {
  const machine = machineOf(1);
  assert.deepEqual(await repeat(() => machine.post(home, person)), new Map([[303, times]]));
  assert.equal((await machine.post(home, hers)).status, 303);
});

test('ten thousand cancellations and visits of one request leave those of another alone', async () => {
  const machine = machineOf(1);
  const token = tokenOf(await machine.post(home, person));
  const cancel = (jeton: string) => machine.post(home, { jeton }, { path: '/contact/annuler' });
  const another = tokenOf(await machine.post(home, hers));
  const visits = await repeat(() => machine.open(token));
  assert.ok((visits.get(200) ?? 0) <= 2 * 72, `${visits.get(200)}`);
  const cancelled = await repeat(() => cancel(token));
  assert.ok((cancelled.get(303) ?? 0) <= 2 * 20, `${cancelled.get(303)}`);
  assert.equal((await machine.open(another)).status, 200);
  assert.equal((await cancel(another)).status, 303);
});

test('above the questions of hCaptcha a form passes marked: one without proof, again and again, does not stop hers', async () => {
  const machine = machineOf(1, {
    HCAPTCHA_SITEKEY: 'cle',
    HCAPTCHA_SECRET: 'secret',
    HCAPTCHA_ALWAYS: 'true',
  });
  const unproved = { ...person, verification: 'possible' };
  const statuses = await repeat((nth) => machine.post(home, nth < 9000 ? {} : unproved));
  assert.ok((statuses.get(403) ?? 0) >= 96, `${statuses.get(403)}`); // asked, whatever number of empty forms came first
  assert.equal((await machine.post(home, { ...hers, verification: 'sans' })).status, 303);
});

test('ten thousand invented references are a few e-mails in an hour, and stop neither her form nor her neighbour', async () => {
  const machine = machineOf(1);
  const cancellation = { path: '/contact/annuler' };
  const refer = (from: string, nth: number) =>
    machine.post(
      from,
      { reference: referenceOf(nth.toString(16).padStart(8, '0')), fin: '34' },
      cancellation,
    );
  const statuses = await repeat((nth) => refer(home, nth));
  assert.ok((statuses.get(303) ?? 0) <= 2 * 20, `${statuses.get(303)}`);
  assert.ok((await machine.waiting()) <= 2 * 20);
  assert.equal((await machine.post(home, hers)).status, 303);
  assert.equal((await machine.post(home, hers, { headers: {} })).status, 303);
  assert.equal((await refer('198.51.100.2', 1)).status, 303);
  const jeton = tokenOf(await machine.post(home, { ...hers, prenom: 'Zoé' }));
  assert.equal((await machine.post(home, { jeton }, cancellation)).status, 303); // from the page of a request, always
});

test('one reference sent ten thousand times is one e-mail, and takes one place', async () => {
  const machine = machineOf(1);
  const cancellation = { path: '/contact/annuler' };
  const asked = { reference: 'galet-sapin 54', fin: '34' };
  assert.deepEqual(await repeat(() => machine.post(home, asked, cancellation)), new Map([[303, times]]));
  assert.equal(await machine.waiting(), 1);
  assert.equal((await machine.post(home, { ...asked, fin: '35' }, cancellation)).status, 303);
});
