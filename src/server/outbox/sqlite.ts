// The outbox of one machine: a file of SQLite, built into Node. Nothing in it is readable without the key.
import type { Journal } from '../../rappel/journal.ts';
import { linkedMs, type Outbox } from '../../rappel/outbox.ts';
import { count, countsIn } from './sqlite/counts.ts';
import { type Leases, lease, leaseInMemory } from './sqlite/deliveries.ts';
import { SqliteFile } from './sqlite/file.ts';
import { messageOf, type Row, waiting } from './sqlite/messages.ts';
import { isUnwritable } from './sqlite/open.ts';
import { ending, find, given, latest, others, recognised } from './sqlite/recognition.ts';
import { put, withdraw } from './sqlite/requests.ts';
import { bounce, returns, sendBack } from './sqlite/returns.ts';
import { migrations } from './sqlite/schema.ts';
import { prepare } from './sqlite/statements.ts';

type Effects = {
  journal: Journal;
  /** Throws when the disk is too full to accept anything new. */
  checkRoom(): void;
};

/**
 * Opens the outbox in a file, made when missing. Several processes may share it. On a disk that cannot be written, what
 * it holds is still given out to be sent, by this process alone.
 */
export function openSqliteOutbox(file: string, { journal, checkRoom }: Effects): Outbox {
  const store = new SqliteFile({ file, migrations, prepare, journal });
  const leases: Leases = new Map();

  return {
    find: (mark) => store.read((run) => find(mark, run)),
    recognise: (form) => store.read((run) => recognised(form, run)),
    async put(entry) {
      checkRoom();
      return store.write((run) => put(entry, { leases, run }));
    },
    latest: (id) => store.read((run) => latest(id, run)),
    others: (id) => store.read((run) => others(id, run)),
    given: (phone, except) => store.read((run) => given(phone, except, run)),
    ending: (id) => store.read((run) => ending(id, run)),
    withdraw: (id, notice) => store.write((run) => withdraw(id, notice, { leases, run })),
    async due(at, leasedUntil) {
      try {
        return await store.write((run) => lease(at, leasedUntil, run));
      } catch (error) {
        if (!isUnwritable(error)) throw error;
        return store.read((run) => leaseInMemory({ at, until: leasedUntil }, leases, run));
      }
    },
    async postpone(id, { until, mayHaveLeft }) {
      const held = leases.get(id);
      if (held) held.until = until;
      await store.write((run) => run.postpone.run(until, mayHaveLeft || held ? 1 : 0, id));
      leases.delete(id);
    },
    async markUnreadable(id, until) {
      const held = leases.get(id);
      if (held) held.until = until;
      await store.write((run) => run.markUnreadable.run(until, id));
      leases.delete(id);
    },
    unreadable: () => store.read((run) => Number(run.unreadable.get()?.count)),
    async hasten() {
      await store.write((run) => run.hasten.run());
    },
    async erase(id, counts = [], watchedFrom = undefined) {
      await store.write((run) => {
        if (watchedFrom !== undefined) run.watch.run(watchedFrom, id);
        const gone = run.erase.get(id);
        if (gone) count(counts, gone.receivedAt as number, run);
      });
      leases.delete(id);
    },
    bounce: (one) => store.write((run) => bounce(one, run)),
    returns: (since) => store.read((run) => returns(since, run)),
    sendBack: () => store.write(sendBack),
    async forgetSent({ bytes, ids }) {
      await store.write((run) => {
        run.forgetBytes.run(bytes);
        run.forgetWatched.run(ids);
      });
    },
    holds: (id) => store.read((run) => run.holds.get(id) !== undefined),
    waiting: () => store.read(waiting),
    noted: (name) => store.read((run) => run.noted.get(name)?.text as string | undefined),
    async note(name, text) {
      await store.write((run) => (text === undefined ? run.forgetNote.run(name) : run.note.run(name, text)));
    },
    async *all() {
      for (const { id } of await store.read((run) => run.ids.all())) {
        const row = await store.read((run) => run.one.get(id ?? null) as Row | undefined);
        if (row) yield messageOf(row);
      }
    },
    report: (year) => store.read((run) => countsIn(year, run)),
    async forget(before) {
      await store.write((run) => {
        for (const old of run.forget) old.run(before);
        for (const old of run.unlink) old.run(before - linkedMs);
      });
    },
    async close() {
      store.close();
    },
  };
}
