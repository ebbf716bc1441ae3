// Somebody on the same network, with all the time in the world and a program: what do our answers tell of her?
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { referenceOf } from '../../src/rappel/reference.ts';
import { seeded } from '../support/seeded-random.ts';
import { type Machine, machineOf, type Seen, tokenOf } from './in-process.ts';

const windows = 200;
const minuteMs = 60_000;
const start = Date.parse('2026-11-23T00:10:00Z');

let forms = 0;

function request(): Record<string, string> {
  forms += 1;
  return { tel: '01 99 00 12 34', quand: 'ven-matin', duree: '80', prenom: `essai ${forms}` };
}

const oldBrowser = { headers: {} };
const cancellation = { path: '/contact/annuler' };

type Attempts = Record<string, () => Promise<Seen>>;

/** What she does, and what the other one repeats until the answer changes, then again each minute until it is back. */
type Evening = {
  act(machine: Machine, from: string): Promise<unknown>;
  attempts(machine: Machine, from: string): Attempts | Promise<Attempts>;
};

const evenings: Record<string, Evening> = {
  'she sent a form': {
    act: (machine, from) => machine.post(from, request()),
    attempts: (machine, from) => ({
      'forged forms': () => machine.post(from, request()),
      'refused forms': () => machine.post(from, request()),
    }),
  },
  'her old browser sent a form': {
    act: (machine, from) => machine.post(from, request(), oldBrowser),
    attempts: (machine, from) => ({ 'forged forms': () => machine.post(from, request(), oldBrowser) }),
  },
  'she sent a form with a mistake': {
    act: (machine, from) => machine.post(from, { ...request(), tel: '01 99' }),
    attempts: (machine, from) => ({ 'empty forms': () => machine.post(from, {}) }),
  },
  'she cancelled': {
    async act(machine, from) {
      const token = tokenOf(await machine.post(from, request()));
      await machine.open(token);
      await machine.post(from, { jeton: token }, cancellation);
    },
    async attempts(machine, from) {
      const token = tokenOf(await machine.post(from, request()));
      return {
        'views of a request of his': () => machine.open(token),
        'cancellations of it': () => machine.post(from, { jeton: token }, cancellation),
      };
    },
  },
  'she cancelled by a reference': {
    act: (machine, from) => machine.post(from, invented(), cancellation),
    attempts: (machine, from) => ({
      'references of his': () => machine.post(from, invented(), cancellation),
      'what is no reference': () => machine.post(from, { reference: '', fin: '' }, cancellation),
    }),
  },
};

/** A cancellation by a reference that nobody has asked about yet. */
function invented(): Record<string, string> {
  forms += 1;
  return { reference: referenceOf(forms.toString(16).padStart(8, '0')), fin: '34' };
}

for (const [what, evening] of Object.entries(evenings)) {
  test(`whoever shares her address cannot tell whether ${what}`, async () => {
    mock.timers.enable({ apis: ['Date'], now: start });
    const machine = machineOf(1, { RATE_PER_HOUR: '60' });
    const random = seeded(1);
    const heard = new Map<string, Set<string>>(); // the words of each refusal, with their headers
    let right = 0;
    for (let window = 0; window < windows; window += 1) {
      machine.emptyOutbox();
      mock.timers.setTime(start + window * 121 * minuteMs + Math.floor(random() * 50) * minuteMs);
      const homes = ['192.0.2.1', '192.0.2.2'] as const;
      const isFirst = random() < 0.5;
      await evening.act(machine, isFirst ? homes[0] : homes[1]);
      mock.timers.tick(70_000);
      const guess = Math.sign(await votes({ machine, homes, evening, heard })) || (random() < 0.5 ? 1 : -1);
      if (guess > 0 === isFirst) right += 1;
    }
    mock.timers.reset();
    assert.ok(right >= 0.4 * windows && right <= 0.6 * windows, `right ${right} times of ${windows}`);
    for (const [name, words] of heard) assert.equal(words.size, 1, `${name}: ${[...words].slice(0, 2)}`);
  });
}

type Watch = {
  machine: Machine;
  homes: readonly [string, string];
  evening: Evening;
  heard: Map<string, Set<string>>;
};

// Whatever he counts is smaller where she took something from it: above 0, more of it says « the first household ».
async function votes({ machine, homes, evening, heard }: Watch): Promise<number> {
  const [first, second] = [
    await evening.attempts(machine, homes[0]),
    await evening.attempts(machine, homes[1]),
  ];
  const [atFirst, atSecond] = [await countsIn(first, heard), await countsIn(second, heard)];
  await minutesIn([first, atFirst], [second, atSecond]);
  let sum = 0;
  for (const [name, count] of atFirst) sum += Math.sign((atSecond.get(name) ?? 0) - count);
  return sum;
}

const most = 400;

async function countsIn(attempts: Attempts, heard: Watch['heard']): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const [name, attempt] of Object.entries(attempts)) {
    const first = await attempt();
    let last = first;
    let count = 1;
    for (; count < most && last.text === first.text; count += 1) last = await attempt();
    counts.set(name, count);
    heard.set(name, (heard.get(name) ?? new Set()).add(last.text));
  }
  return counts;
}

async function minutesIn(...homes: [Attempts, Map<string, number>][]): Promise<void> {
  for (let minute = 1; minute <= 61; minute += 1) {
    mock.timers.tick(minuteMs);
    for (const [attempts, counts] of homes) {
      const [name, attempt] = Object.entries(attempts)[0] ?? [];
      if (!attempt || counts.has(`minutes: ${name}`)) continue;
      if ((await attempt()).status !== 429) counts.set(`minutes: ${name}`, minute);
    }
  }
}
