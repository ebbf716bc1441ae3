// What `src/rappel/outbox.ts` promises, as tests that every outbox passes: in memory, on SQLite, on PostgreSQL.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { monthOf } from '../../src/rappel/counts.ts';
import {
  type Entry,
  linkedMs,
  mostListed,
  type Outbox,
  type SealedMessage,
  type SealedRappel,
  type Sending,
} from '../../src/rappel/outbox.ts';
import type { Fingerprints } from '../../src/rappel/recognise.ts';

const minute = 60_000;
const beginning = Date.now() - 10 * minute; // an outbox of several machines has a clock of its own

/** The nth id. */
export const idOf = (n: number) => n.toString(16).padStart(32, '0');

const since = beginning - minute;
const thisYear = Number(monthOf(beginning).slice(0, 4));

/** What an entry may differ in: the key of its page, the household that sent it, the request whose token it carries. */
type More = Partial<Entry> & { key?: string; place?: string; changes?: string };

/** The nth request, received n seconds after the first; `said` is what it says. */
export function entryOf(n: number, said = `request ${n}`, more: More = {}): Entry {
  const { key = `key ${n}`, place, changes = more.replaces, ...rest } = more;
  const form: Fingerprints = {
    content: said,
    own: { key, since },
    place: place === undefined ? undefined : { key: `${place} ${said}`, since },
    anywhere: { key: said, since },
    changeableSince: since,
    changes,
  };
  const sealed = Buffer.from(`sealed ${said}`);
  return { id: idOf(n), receivedAt: beginning + n * 1000, sealed, form, ...rest };
}

/** Does `work` for each number below `count`, eight at a time: as many as a database answers at once. */
export async function eightAtATime(count: number, work: (n: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += 8)
    await Promise.all(Array.from({ length: Math.min(8, count - from) }, (_, n) => work(from + n)));
}

/** A notice to keep in place of a request. */
export function noticeOf(n: number): SealedMessage {
  return { id: idOf(n), receivedAt: beginning + n * 1000, sealed: Buffer.from(`notice ${n}`) };
}

/** Tests that an outbox on a disk counts nothing without the request: what fails half-way leaves no count. */
export async function countsOnlyWhatIsKept(outbox: Outbox): Promise<void> {
  const counts = ['kept-form'] as const;
  await outbox.put(entryOf(1, 'a', { counts }));
  const before = await outbox.report(thisYear);
  assert.equal(before.length, 1);
  await assert.rejects(outbox.put({ ...entryOf(2, 'b', { counts }), id: idOf(1) })); // an id that is taken
  assert.deepEqual(await outbox.report(thisYear), before);
}

/** What an outbox of version 4 remembers of a request that took the place of another and has a duplicate, as SQL. */
export const heldInVersion4 = (schema: string) => `
  INSERT INTO ${schema}phones VALUES ('${idOf(1)}', 'number', ${beginning});
  INSERT INTO ${schema}duplicates VALUES ('${idOf(2)}', '${idOf(1)}', ${beginning});
  INSERT INTO ${schema}replaced VALUES ('${idOf(0)}', '${idOf(1)}', ${beginning});`;

/** Tests that an outbox made from `heldInVersion4`, with the message of the first request, still has it all, and counts. */
export async function keepsWhatWasHeld(outbox: Outbox): Promise<void> {
  const phone = { key: 'number', since };
  assert.deepEqual(await outbox.given(phone), [idOf(1)]);
  assert.deepEqual(await outbox.others(idOf(1)), [idOf(2)]);
  assert.equal(await outbox.latest(idOf(0)), idOf(1));
  assert.equal(await outbox.ending(idOf(1)), undefined);
  assert.deepEqual(await outbox.report(thisYear), []);
  const found = await outbox.due(Date.now(), Date.now() + minute);
  assert.equal(Buffer.from(found?.sealed ?? []).toString(), 'old');
  const more = { phone, ending: Buffer.from('34'), tellsOfGiven: true, counts: ['kept-form'] } as const;
  assert.deepEqual(await outbox.put(entryOf(3, 'new', more)), { kind: 'kept' });
  assert.equal(Buffer.from((await outbox.ending(idOf(3))) ?? []).toString(), '34');
  assert.equal((await outbox.report(thisYear)).length, 1);
}

/** Tests an outbox; `open` gives a new, empty one each time, closed by the test. */
export function holdsTheContract(open: () => Promise<Outbox>): void {
  const check = (name: string, body: (outbox: Outbox) => Promise<void>) =>
    test(name, async () => {
      const outbox = await open();
      try {
        await body(outbox);
      } finally {
        await outbox.close();
      }
    });
  const due = (outbox: Outbox): Promise<SealedRappel | undefined> =>
    outbox.due(Date.now(), Date.now() + minute);
  const keep = async (outbox: Outbox, ...entries: Entry[]) => {
    for (const entry of entries) assert.deepEqual(await outbox.put(entry), { kind: 'kept' });
  };
  const endingsOf = (outbox: Outbox, ...numbers: number[]) =>
    Promise.all(
      numbers.map(async (n) => {
        const ending = await outbox.ending(idOf(n));
        return ending && Buffer.from(ending);
      }),
    );
  const allDue = async (outbox: Outbox) => {
    const texts: string[] = [];
    for (let found = await due(outbox); found; found = await due(outbox))
      texts.push(Buffer.from(found.sealed).toString());
    return texts;
  };

  check('a request comes out as it went in, once, with its first attempt counted', async (outbox) => {
    const late = { from: beginning + 123, sealed: Buffer.from([0, 255, 10]) };
    await keep(outbox, entryOf(1, 'all', { late, isTest: true, isUnverified: false }));
    const { id, receivedAt, sealed } = entryOf(1, 'all');
    const found = await due(outbox);
    assert.ok(found?.late);
    assert.deepEqual(
      {
        ...found,
        sealed: Buffer.from(found.sealed),
        late: { ...late, sealed: Buffer.from(found.late.sealed) },
      },
      { id, receivedAt, sealed, late, isTest: true, isUnverified: false, isSecond: false, attempts: 1 },
    );
    assert.equal(await due(outbox), undefined);
  });

  check('the oldest comes first', async (outbox) => {
    await keep(outbox, entryOf(2), entryOf(1), entryOf(3));
    assert.deepEqual(await allDue(outbox), ['sealed request 1', 'sealed request 2', 'sealed request 3']);
  });

  check('the same form, saying the same, is kept once, and the first is told', async (outbox) => {
    await keep(outbox, entryOf(1, 'a', { key: 'k' }));
    const { id, receivedAt } = entryOf(1);
    const known = { id, receivedAt, content: 'a' };
    assert.deepEqual(await outbox.put(entryOf(2, 'a', { key: 'k' })), { kind: 'known', known });
    assert.deepEqual(await outbox.find({ key: 'k', since }), known);
    assert.equal((await allDue(outbox)).length, 1);
  });

  check('the same form at the same instant, many times, is kept once', async (outbox) => {
    const entries = Array.from({ length: 20 }, (_, n) => entryOf(n + 1, 'a', { key: 'k' }));
    const kinds = await Promise.all(entries.map(async (entry) => (await outbox.put(entry)).kind));
    assert.deepEqual(kinds.sort(), ['kept', ...Array(19).fill('known')]);
    assert.equal((await allDue(outbox)).length, 1);
  });

  check('a form kept too long ago is not recognised', async (outbox) => {
    await keep(outbox, entryOf(1, 'a', { key: 'k' }));
    const then = entryOf(1).receivedAt;
    assert.equal(await outbox.find({ key: 'k', since: then }), undefined);
    const { form, ...again } = entryOf(2, 'a');
    const later = { key: 'k', since: then };
    await keep(outbox, { ...again, form: { ...form, own: later, anywhere: { key: 'a', since: then } } });
  });

  check('the same form saying something else must say which request it replaces', async (outbox) => {
    await keep(outbox, entryOf(1, 'a', { key: 'k' }));
    assert.deepEqual(await outbox.put(entryOf(2, 'b', { key: 'k' })), { kind: 'overtaken' });
    await keep(outbox, entryOf(2, 'b', { key: 'k', replaces: idOf(1) }));
    assert.deepEqual(await allDue(outbox), ['sealed b']);
  });

  check(
    'a request that replaces another takes its place, and the last of a chain is known',
    async (outbox) => {
      await keep(
        outbox,
        entryOf(1),
        entryOf(2, 'b', { replaces: idOf(1) }),
        entryOf(3, 'c', { replaces: idOf(2) }),
      );
      assert.deepEqual(
        [await outbox.latest(idOf(1)), await outbox.latest(idOf(2)), await outbox.latest(idOf(3))],
        [idOf(3), idOf(3), idOf(3)],
      );
      assert.equal(await outbox.find({ key: 'key 1', since }), undefined);
      assert.deepEqual(await allDue(outbox), ['sealed c']);
    },
  );

  check(
    'two changes of one request at the same instant: one is kept, the other must look again',
    async (outbox) => {
      await keep(outbox, entryOf(1));
      const puts = [2, 3, 4].map((n) => outbox.put(entryOf(n, `${n}`, { replaces: idOf(1) })));
      const kinds = (await Promise.all(puts)).map(({ kind }) => kind);
      assert.deepEqual(kinds.sort(), ['kept', 'overtaken', 'overtaken']);
      assert.equal((await allDue(outbox)).length, 1);
    },
  );

  check('the same words from one household are one request, whatever the page', async (outbox) => {
    await keep(outbox, entryOf(1, 'a', { place: 'home' }));
    const put = await outbox.put(entryOf(2, 'a', { place: 'home' }));
    assert.equal(put.kind === 'known' && put.known.id, idOf(1));
    const { form } = entryOf(2, 'a', { place: 'away' }); // the page of the second, on another network
    const known = { id: idOf(1), receivedAt: entryOf(1).receivedAt, content: 'a' };
    assert.deepEqual(await outbox.recognise(form), { kind: 'known', known, hasKey: true });
  });

  check('the same words from elsewhere are kept once, and each side knows the other', async (outbox) => {
    await keep(outbox, entryOf(1, 'a', { place: 'home' }));
    const away = entryOf(2, 'a', { place: 'away' });
    assert.deepEqual(await outbox.recognise(away.form), { kind: 'duplicate', first: idOf(1) });
    assert.deepEqual(await outbox.put(away), { kind: 'duplicate' });
    for (const again of [entryOf(3, 'a', { place: 'away' }), entryOf(3, 'a', { key: 'key 2' })]) {
      const put = await outbox.put(again);
      assert.equal(put.kind === 'known' && put.known.id, idOf(2));
    }
    assert.deepEqual(await outbox.others(idOf(1)), [idOf(2)]);
    assert.deepEqual(await outbox.others(idOf(2)), [idOf(1)]);
    assert.deepEqual(await allDue(outbox), ['sealed a']);
  });

  check('however many say the same from elsewhere, few are listed', async (outbox) => {
    await keep(outbox, entryOf(1, 'a'));
    for (let n = 2; n < 2 + 2 * mostListed.others; n += 1) await outbox.put(entryOf(n, 'a'));
    assert.equal((await outbox.others(idOf(1))).length, mostListed.others);
  });

  check(
    'taken back from elsewhere: one notice, nothing else changes, and the same words are new again',
    async (outbox) => {
      await keep(outbox, entryOf(1, 'a'));
      await outbox.put(entryOf(2, 'a'));
      assert.equal(await outbox.withdraw(idOf(2), noticeOf(3)), 'overtaken');
      assert.equal(await outbox.withdraw(idOf(2), { ...noticeOf(3), tellsOfOthers: true }), 'notified');
      assert.equal(await outbox.withdraw(idOf(2), noticeOf(4)), 'already');
      await keep(outbox, entryOf(5, 'a'));
      assert.deepEqual(await allDue(outbox), ['sealed a', 'notice 3', 'sealed a']);
    },
  );

  check('what others say too still leaves when the first is taken back, with its notice', async (outbox) => {
    await keep(outbox, entryOf(1, 'a'));
    await outbox.put(entryOf(2, 'a'));
    assert.equal(await outbox.withdraw(idOf(1), noticeOf(3)), 'overtaken');
    assert.equal(await outbox.withdraw(idOf(1), { ...noticeOf(3), tellsOfOthers: true }), 'notified');
    assert.deepEqual(await allDue(outbox), ['sealed a', 'notice 3']);
  });

  check(
    'what others say too still leaves when the first is changed, by a message that tells of them',
    async (outbox) => {
      await keep(outbox, entryOf(1, 'a'));
      await outbox.put(entryOf(2, 'a'));
      const changed = entryOf(3, 'b', { replaces: idOf(1) });
      assert.deepEqual(await outbox.put(changed), { kind: 'overtaken' });
      await keep(outbox, { ...changed, tellsOfOthers: true });
      assert.deepEqual(await allDue(outbox), ['sealed a', 'sealed b']);
    },
  );

  check('a message that says not to follow one that left is never held back', async (outbox) => {
    await keep(outbox, entryOf(0), entryOf(10));
    await allDue(outbox);
    for (const n of [0, 10]) {
      await outbox.erase(idOf(n));
      await keep(outbox, entryOf(n + 1, `${n} changed`, { replaces: idOf(n) }));
    }
    await keep(outbox, entryOf(2, '0 changed again', { replaces: idOf(1) }));
    assert.equal(await outbox.withdraw(idOf(11), noticeOf(12)), 'notified');
    assert.deepEqual(await allDue(outbox), [
      'sealed 0 changed',
      'sealed 0 changed again',
      'sealed 10 changed',
      'notice 12',
    ]);
  });

  check('a token of one request and the key of another: the key counts for nothing', async (outbox) => {
    await keep(outbox, entryOf(1, 'a', { key: 'page 1' }), entryOf(2, 'b', { key: 'page 2' }));
    await keep(outbox, entryOf(3, 'c', { key: 'page 2', replaces: idOf(1) }));
    assert.deepEqual(await allDue(outbox), ['sealed b', 'sealed c']);
  });

  check(
    'the requests of a number are told, the newest first, and no message forgets them',
    async (outbox) => {
      const phone = { key: 'number', since };
      await keep(outbox, entryOf(1, 'a', { phone }));
      assert.deepEqual(await outbox.put(entryOf(2, 'b', { phone })), { kind: 'overtaken' });
      await keep(outbox, entryOf(2, 'b', { phone, tellsOfGiven: true }), entryOf(3));
      assert.deepEqual(await outbox.given(phone), [idOf(2), idOf(1)]);
      assert.deepEqual(await outbox.given(phone, idOf(2)), [idOf(1)]);
      assert.deepEqual(await outbox.given({ key: 'number', since: entryOf(1).receivedAt }), [idOf(2)]);
      await outbox.forget(entryOf(2).receivedAt);
      assert.deepEqual(await outbox.given(phone), [idOf(2)]);
    },
  );

  check(
    'a request that was changed, or taken back before it left, is no longer one of its number',
    async (outbox) => {
      const phone = { key: 'number', since };
      await keep(outbox, entryOf(1, 'a', { phone }), entryOf(2, 'b', { phone, replaces: idOf(1) }));
      assert.deepEqual(await outbox.given(phone), [idOf(2)]);
      await outbox.withdraw(idOf(2), noticeOf(3));
      assert.deepEqual(await outbox.given(phone), []);
    },
  );

  check('a number given without end is counted to a limit', async (outbox) => {
    const phone = { key: 'number', since };
    await eightAtATime(mostListed.given + 1, (n) =>
      outbox.put(entryOf(n, `${n}`, { phone, tellsOfGiven: true })),
    );
    assert.equal((await outbox.given(phone)).length, mostListed.given);
  });

  check('what a machine may have sent leaves last, the oldest of it first', async (outbox) => {
    const machine = { isUnverified: true };
    await keep(outbox, entryOf(1, 'm1', machine), entryOf(2), entryOf(3, 'm3', machine), entryOf(4));
    assert.deepEqual(await allDue(outbox), [
      'sealed request 2',
      'sealed request 4',
      'sealed m1',
      'sealed m3',
    ]);
  });

  check('a request that has not left is withdrawn, once, and its form may be sent again', async (outbox) => {
    await keep(outbox, entryOf(1));
    assert.equal(await outbox.withdraw(idOf(1), noticeOf(2)), 'withdrawn');
    assert.equal(await outbox.withdraw(idOf(1), noticeOf(3)), 'already');
    assert.deepEqual(await allDue(outbox), []);
    await keep(outbox, entryOf(4, 'request 1', { key: 'key 1' }));
  });

  check(
    'a request that is leaving, or has left, is taken back by one notice, however many ask',
    async (outbox) => {
      await keep(outbox, entryOf(1), entryOf(2));
      await due(outbox);
      await due(outbox);
      await outbox.erase(idOf(2));
      const all = [1, 2].map((n) =>
        [3, 4, 5].map((more) => outbox.withdraw(idOf(n), noticeOf(n * 10 + more))),
      );
      const done = await Promise.all(all.map((same) => Promise.all(same)));
      assert.deepEqual(
        done.map((same) => same.sort()),
        Array(2).fill(['already', 'already', 'notified']),
      );
      assert.equal((await allDue(outbox)).length, 2);
    },
  );

  check('a request whose place was taken cannot be withdrawn in its name', async (outbox) => {
    await keep(outbox, entryOf(1), entryOf(2, 'b', { replaces: idOf(1) }));
    assert.equal(await outbox.withdraw(idOf(1), noticeOf(3)), 'overtaken');
    assert.deepEqual(await allDue(outbox), ['sealed b']);
  });

  check('a message given back waits, and comes out again with its attempts counted', async (outbox) => {
    await keep(outbox, entryOf(1));
    await due(outbox);
    await outbox.postpone(idOf(1), { until: Date.now() + 4 * minute, mayHaveLeft: false });
    assert.equal(await due(outbox), undefined);
    await outbox.hasten();
    assert.equal((await due(outbox))?.attempts, 2);
  });

  check('a message given back for a time that has come is due', async (outbox) => {
    await keep(outbox, entryOf(1));
    await due(outbox);
    await outbox.postpone(idOf(1), { until: Date.now() - 1, mayHaveLeft: false });
    assert.equal((await due(outbox))?.id, idOf(1));
  });

  check('what is being sent is not hastened: nobody else takes it', async (outbox) => {
    await keep(outbox, entryOf(1));
    await due(outbox);
    await outbox.hasten();
    assert.equal(await due(outbox), undefined);
  });

  check('after a clear no a request can be withdrawn, after a doubt never again', async (outbox) => {
    await keep(outbox, entryOf(1), entryOf(2));
    for (const doubtful of [2, undefined]) {
      await allDue(outbox);
      for (const n of [1, 2]) await outbox.postpone(idOf(n), { until: 0, mayHaveLeft: n === doubtful });
    }
    assert.equal(await outbox.withdraw(idOf(1), noticeOf(3)), 'withdrawn');
    assert.equal(await outbox.withdraw(idOf(2), noticeOf(4)), 'notified');
  });

  check('an erased message is gone; giving it back afterwards does not bring it back', async (outbox) => {
    await keep(outbox, entryOf(1));
    await due(outbox);
    await outbox.erase(idOf(1));
    await outbox.postpone(idOf(1), { until: 0, mayHaveLeft: true });
    await outbox.erase(idOf(1));
    assert.equal(await due(outbox), undefined);
    assert.deepEqual(await outbox.put(entryOf(2, 'request 1', { key: 'key 1' })), {
      kind: 'known',
      known: await outbox.find({ key: 'key 1', since }),
    });
  });

  check('what waits is counted, leased or not, with its oldest time', async (outbox) => {
    assert.deepEqual(await outbox.waiting(), { count: 0, oldestAt: undefined });
    await keep(outbox, entryOf(2), entryOf(1));
    await due(outbox);
    assert.deepEqual(await outbox.waiting(), { count: 2, oldestAt: entryOf(1).receivedAt });
    assert.deepEqual([await outbox.holds(idOf(1)), await outbox.holds(idOf(3))], [true, false]);
    await outbox.erase(idOf(1));
    assert.equal(await outbox.holds(idOf(1)), false);
  });

  check('all that waits can be looked through, leased or not', async (outbox) => {
    await keep(outbox, entryOf(1), entryOf(2), entryOf(3));
    await due(outbox);
    await outbox.erase(idOf(1));
    await due(outbox);
    const found = await Array.fromAsync(outbox.all());
    assert.deepEqual(found.map(({ id }) => id).sort(), [idOf(2), idOf(3)]);
  });

  check('old fingerprints are forgotten, the requests are not', async (outbox) => {
    await keep(outbox, entryOf(1), entryOf(2));
    await outbox.forget(entryOf(2).receivedAt);
    assert.equal(await outbox.find({ key: 'key 1', since }), undefined);
    assert.ok(await outbox.find({ key: 'key 2', since }));
    assert.equal((await allDue(outbox)).length, 2);
  });

  check('a month long, what was changed, taken back or shared is known to be', async (outbox) => {
    await keep(outbox, entryOf(1), entryOf(2, 'b', { replaces: idOf(1) }), entryOf(3), entryOf(4, 'd'));
    await outbox.withdraw(idOf(3), noticeOf(9));
    await outbox.put(entryOf(5, 'd'));
    await outbox.forget(entryOf(3).receivedAt + linkedMs - minute);
    assert.equal(await outbox.latest(idOf(1)), idOf(2));
    assert.equal(await outbox.withdraw(idOf(3), noticeOf(9)), 'already');
    assert.equal(await outbox.withdraw(idOf(4), noticeOf(9)), 'overtaken');
    await outbox.forget(entryOf(9).receivedAt + linkedMs + minute);
    assert.equal(await outbox.latest(idOf(1)), idOf(1));
    assert.equal(await outbox.withdraw(idOf(3), noticeOf(9)), 'notified');
    assert.equal(await outbox.withdraw(idOf(4), noticeOf(10)), 'withdrawn');
  });

  check('many requests and many takers at once: each is taken by one', async (outbox) => {
    await Promise.all(Array.from({ length: 50 }, (_, n) => keep(outbox, entryOf(n))));
    const taken = await Promise.all(Array.from({ length: 60 }, () => due(outbox)));
    const ids = taken.flatMap((found) => (found ? [found.id] : []));
    assert.deepEqual([ids.length, new Set(ids).size], [50, 50]);
  });

  check(
    'a message that cannot be opened waits, is counted apart, and is no longer once it was tried again',
    async (outbox) => {
      await keep(outbox, entryOf(1), entryOf(2));
      await due(outbox);
      await outbox.markUnreadable(idOf(1), Date.now() + 4 * minute);
      assert.equal(await outbox.unreadable(), 1);
      assert.deepEqual(await outbox.waiting(), { count: 2, oldestAt: entryOf(2).receivedAt });
      assert.deepEqual(await allDue(outbox), ['sealed request 2']);
      await outbox.hasten();
      assert.equal((await due(outbox))?.attempts, 2);
      await outbox.postpone(idOf(1), { until: Date.now() + 4 * minute, mayHaveLeft: false });
      assert.equal(await outbox.unreadable(), 0);
      assert.deepEqual(await outbox.waiting(), { count: 2, oldestAt: entryOf(1).receivedAt });
      assert.equal(await outbox.withdraw(idOf(1), noticeOf(3)), 'withdrawn'); // it was never sent
    },
  );

  check('the ending of a request comes out as it went in, until it is forgotten', async (outbox) => {
    const phone = { key: 'number', since };
    const endings = [1, 2, 3].map((n) => Buffer.from([0, 255, n]));
    await keep(outbox, entryOf(1, 'a', { phone, ending: endings[0] }), entryOf(3, 'without'));
    await outbox.put(entryOf(2, 'a', { phone, ending: endings[1] })); // the same words from elsewhere
    assert.deepEqual(await endingsOf(outbox, 1, 2, 3, 4), [endings[0], endings[1], undefined, undefined]);
    await outbox.forget(entryOf(2).receivedAt);
    assert.deepEqual(await endingsOf(outbox, 1, 2), [undefined, endings[1]]);
    await outbox.forget(entryOf(3).receivedAt);
    assert.deepEqual(await endingsOf(outbox, 2), [undefined]);
  });

  check('a request that was changed, or taken back, has no ending any more', async (outbox) => {
    const phone = { key: 'number', since };
    const ending = Buffer.from('34');
    const numbered = { phone, ending, tellsOfGiven: true };
    await keep(outbox, entryOf(0, '0', numbered));
    await due(outbox);
    await keep(outbox, entryOf(1, '1', numbered), entryOf(3, '3', numbered));
    await outbox.put(entryOf(4, '3', numbered));
    await keep(outbox, entryOf(2, '2', { ...numbered, replaces: idOf(1) }));
    assert.deepEqual(await endingsOf(outbox, 0, 1, 2, 3, 4), [ending, undefined, ending, ending, ending]);
    assert.equal(await outbox.withdraw(idOf(0), noticeOf(5)), 'notified');
    assert.deepEqual(await outbox.given(phone, idOf(3)), [idOf(2), idOf(0)]); // its number was given all the same
    assert.equal(await outbox.withdraw(idOf(2), noticeOf(6)), 'withdrawn');
    assert.equal(await outbox.withdraw(idOf(4), { ...noticeOf(7), tellsOfOthers: true }), 'notified');
    assert.deepEqual(await endingsOf(outbox, 0, 2, 3, 4), [undefined, undefined, ending, undefined]);
  });

  const counted = async (outbox: Outbox, year: number) => {
    const counts = await outbox.report(year);
    return Object.fromEntries(counts.map(({ month, name, count }) => [`${month} ${name}`, count]));
  };
  const now = { receivedAt: beginning };
  const countedNow = async (outbox: Outbox) => {
    const counts = await outbox.report(thisYear);
    return Object.fromEntries(counts.map(({ name, count }) => [name, count]));
  };

  check('a request is counted as it says, in the month of Paris in which it came', async (outbox) => {
    const counts = ['kept-form', 'two-tries', 'kept-form'] as const;
    const times = ['2026-06-30T22:30Z', '2026-10-31T23:30Z', '2026-12-31T22:59Z', '2026-12-31T23:00Z'];
    assert.deepEqual(await counted(outbox, 2026), {});
    for (const [n, time] of times.entries())
      await keep(outbox, entryOf(n, `${n}`, { receivedAt: Date.parse(time), counts }));
    assert.deepEqual(await counted(outbox, 2026), {
      ...{ '7 kept-form': 1, '7 two-tries': 1, '11 kept-form': 1, '11 two-tries': 1 },
      ...{ '12 kept-form': 1, '12 two-tries': 1 },
    });
    assert.deepEqual(await counted(outbox, 2027), { '1 kept-form': 1, '1 two-tries': 1 });
  });

  check('nothing counts a form known before, a duplicate, one overtaken, a test', async (outbox) => {
    const counts = ['kept-frame'] as const;
    const more = { counts, ...now };
    await keep(outbox, entryOf(1, 'a', { key: 'k', ...more }));
    const kinds = [
      await outbox.put(entryOf(2, 'a', { key: 'k', ...more })),
      await outbox.put(entryOf(3, 'a', more)),
      await outbox.put(
        entryOf(4, 'b', {
          key: 'k',
          ...more,
          form: { ...entryOf(4, 'b', { key: 'k' }).form, changeableSince: 0 },
        }),
      ),
      await outbox.put(entryOf(5, 'test', { ...more, isTest: true })),
      await outbox.put(entryOf(6, 'test changed', { ...more, isTest: true, replaces: idOf(5) })),
    ].map(({ kind }) => kind);
    assert.deepEqual(kinds, ['known', 'duplicate', 'overtaken', 'kept', 'kept']);
    assert.equal(await outbox.withdraw(idOf(6), { ...noticeOf(7), ...now, isTest: true }), 'withdrawn');
    assert.deepEqual(await countedNow(outbox), { 'kept-frame': 1 });
  });

  check('a change counts as a change, of a duplicate as a request', async (outbox) => {
    const counts = ['kept-translated'] as const;
    const more = { counts, ...now };
    await keep(outbox, entryOf(1, 'a', more), entryOf(2, 'b', { ...more, replaces: idOf(1) }));
    assert.deepEqual(await countedNow(outbox), { 'kept-translated': 1, changed: 1 });
    await outbox.put(entryOf(3, 'b', more)); // the same words from elsewhere
    await keep(outbox, entryOf(4, 'd', { ...more, replaces: idOf(3), tellsOfOthers: true }));
    assert.deepEqual(await countedNow(outbox), { 'kept-translated': 2, changed: 1 });
  });

  check(
    'what is taken back is counted once, before its mail left or after, a duplicate never',
    async (outbox) => {
      const notice = (n: number) => ({ ...noticeOf(n), ...now });
      await keep(outbox, entryOf(1));
      await due(outbox);
      await keep(outbox, entryOf(2), entryOf(3));
      await outbox.put(entryOf(4, 'request 3'));
      const done = [
        ...[await outbox.withdraw(idOf(1), notice(10)), await outbox.withdraw(idOf(1), notice(11))],
        ...[await outbox.withdraw(idOf(2), notice(12)), await outbox.withdraw(idOf(2), notice(13))],
      ];
      assert.deepEqual(done, ['notified', 'already', 'withdrawn', 'already']);
      const once = { 'cancelled-read': 1, 'cancelled-unread': 1 };
      assert.deepEqual(await countedNow(outbox), once);
      assert.equal(await outbox.withdraw(idOf(4), { ...notice(14), tellsOfOthers: true }), 'notified');
      assert.deepEqual(await countedNow(outbox), once);
    },
  );

  check('what has left is counted once, in the month in which it came', async (outbox) => {
    await keep(outbox, entryOf(1, 'a', { receivedAt: Date.UTC(2026, 5, 15) }), entryOf(2));
    await outbox.erase(idOf(2));
    for (const n of [1, 1, 3]) await outbox.erase(idOf(n), ['late']);
    assert.deepEqual(await counted(outbox, 2026), { '6 late': 1 });
  });

  check('many at once are all counted', async (outbox) => {
    const counts = ['two-tries', 'kept-form'] as const;
    await eightAtATime(40, (n) =>
      keep(outbox, entryOf(n, `${n}`, { ...now, counts: n % 2 ? counts : counts.toReversed() })),
    );
    assert.deepEqual(await countedNow(outbox), { 'kept-form': 40, 'two-tries': 40 });
  });

  const came = (n: number, sending: Sending = 'first', hasSecond = true) => ({
    ...{ id: idOf(n), sending, at: beginning, hasSecond },
  });
  const leave = async (outbox: Outbox, ...ns: number[]) => {
    for (const n of ns) await outbox.erase(idOf(n), [], beginning);
  };

  check(
    'what comes back leaves once more, for the second mailbox, under its id, with its bytes',
    async (outbox) => {
      const late = { from: beginning + minute, sealed: Buffer.from('late 1') };
      await keep(outbox, entryOf(1, 'a', { late, isUnverified: true }), entryOf(2));
      await leave(outbox, 1);
      await outbox.erase(idOf(2)); // not watched
      assert.deepEqual(await outbox.returns(since), { bounced: [], sentAgain: 0 });
      assert.equal(await outbox.bounce(came(2)), 'unknown');
      assert.equal(await outbox.bounce(came(3)), 'unknown');
      assert.equal(await outbox.bounce(came(1, 'second')), 'unknown');
      assert.equal(await outbox.bounce(came(1)), 'sent-again');
      assert.equal(await outbox.bounce(came(1)), 'unknown'); // once
      assert.deepEqual(await outbox.returns(since), { bounced: [], sentAgain: 1 });
      assert.deepEqual(await outbox.returns(beginning), { bounced: [], sentAgain: 0 });
      const found = await due(outbox);
      assert.equal(Buffer.from(found?.sealed ?? []).toString(), 'sealed a');
      assert.equal(Buffer.from(found?.late?.sealed ?? []).toString(), 'late 1');
      assert.deepEqual([found?.id, found?.isSecond, found?.isUnverified], [idOf(1), true, true]);
      await leave(outbox, 1);
      assert.equal(await outbox.bounce(came(1)), 'unknown'); // the same news, from another server
      assert.deepEqual(await outbox.returns(since), { bounced: [], sentAgain: 1 });
      assert.equal(await outbox.bounce(came(1, 'second')), 'bounced');
      assert.equal(await outbox.bounce(came(1, 'second')), 'unknown');
      assert.deepEqual(await outbox.returns(since), { bounced: [idOf(1)], sentAgain: 0 });
      assert.equal(await due(outbox), undefined);
    },
  );

  check('what has no way left is kept until somebody sends it back, to its own mailbox', async (outbox) => {
    await keep(outbox, entryOf(1), entryOf(2, 'test', { isTest: true }), entryOf(3));
    await leave(outbox, 1, 2, 3);
    assert.equal(await outbox.bounce(came(1, 'first', false)), 'bounced');
    assert.equal(await outbox.bounce(came(2)), 'bounced'); // a test is not for the second mailbox
    await outbox.forgetSent({ bytes: Date.now(), ids: Date.now() });
    assert.deepEqual((await outbox.returns(since)).bounced.sort(), [idOf(1), idOf(2)]);
    assert.deepEqual(await outbox.sendBack(), { again: 1, lost: [] });
    assert.deepEqual(await outbox.returns(since), { bounced: [], sentAgain: 0 });
    const found = await due(outbox);
    assert.deepEqual([found?.id, found?.isSecond], [idOf(1), false]);
    assert.equal(Buffer.from(found?.sealed ?? []).toString(), 'sealed request 1');
    assert.equal(await due(outbox), undefined);
    assert.deepEqual(await outbox.sendBack(), { again: 0, lost: [] });
  });

  check('the bytes of what was accepted are forgotten first, then its id', async (outbox) => {
    await keep(outbox, entryOf(1), entryOf(2), entryOf(3));
    await leave(outbox, 1, 2, 3);
    await outbox.forgetSent({ bytes: beginning, ids: beginning });
    assert.equal(await outbox.bounce(came(1)), 'sent-again');
    await outbox.forgetSent({ bytes: beginning + 1, ids: beginning });
    assert.equal(await outbox.bounce(came(2)), 'bounced');
    assert.deepEqual(await outbox.sendBack(), { again: 0, lost: [idOf(2)] });
    await outbox.forgetSent({ bytes: beginning + 1, ids: beginning + 1 });
    assert.equal(await outbox.bounce(came(3)), 'unknown');
  });

  check(
    'what came back is not sent again once it was taken back or replaced, unless others share it',
    async (outbox) => {
      await keep(outbox, entryOf(1), entryOf(2), entryOf(3, 'shared', { place: 'a' }));
      assert.equal((await outbox.put(entryOf(4, 'shared', { place: 'b' }))).kind, 'duplicate');
      await leave(outbox, 1, 2, 3);
      assert.equal(await outbox.withdraw(idOf(1), noticeOf(11)), 'notified');
      await keep(outbox, entryOf(12, 'other', { replaces: idOf(2) }));
      assert.equal(await outbox.withdraw(idOf(3), { ...noticeOf(13), tellsOfOthers: true }), 'notified');
      await leave(outbox, 12);
      assert.equal(await outbox.withdraw(idOf(12), noticeOf(14)), 'notified');
      assert.equal(await outbox.bounce(came(1)), 'void');
      assert.equal(await outbox.bounce(came(2)), 'void');
      assert.equal(await outbox.bounce(came(3)), 'sent-again');
      assert.equal(await outbox.bounce(came(12)), 'sent-again'); // it says not to follow the second
      assert.deepEqual(await outbox.returns(since), { bounced: [], sentAgain: 2 });
    },
  );

  check(
    'taken back while it waits for the second mailbox, the team is told: a copy may have arrived',
    async (outbox) => {
      await keep(outbox, entryOf(1));
      await leave(outbox, 1);
      assert.equal(await outbox.bounce(came(1)), 'sent-again');
      assert.equal(await outbox.withdraw(idOf(1), noticeOf(2)), 'notified');
      assert.equal((await due(outbox))?.id, idOf(2));
      assert.equal(await due(outbox), undefined);
    },
  );

  check('a short text is kept under its name, replaced, forgotten', async (outbox) => {
    assert.equal(await outbox.noted('one'), undefined);
    await outbox.note('one', 'a');
    await outbox.note('two', 'b');
    await outbox.note('one', 'c');
    assert.deepEqual([await outbox.noted('one'), await outbox.noted('two')], ['c', 'b']);
    await outbox.note('one', undefined);
    assert.deepEqual([await outbox.noted('one'), await outbox.noted('two')], [undefined, 'b']);
  });
}
