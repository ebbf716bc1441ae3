// The outbox of one machine: a file of SQLite, built into Node. Nothing in it is readable without the key.
import type { Journal } from '../../rappel/journal.ts';
import type { Outbox } from '../../rappel/outbox.ts';
import { type Leases, lease, leaseInMemory } from './sqlite/deliveries.ts';
import { openSqliteFile } from './sqlite/file.ts';
import { messageOf, type Row, waiting } from './sqlite/messages.ts';
import { isUnwritable } from './sqlite/open.ts';
import { find, given, latest, others, recognised } from './sqlite/recognition.ts';
import { put, withdraw } from './sqlite/requests.ts';
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
  const { read, write, close } = openSqliteFile({ file, migrations, prepare, journal });
  const leases: Leases = new Map();

  return {
    find: (mark) => read((run) => find(mark, run)),
    recognise: (form) => read((run) => recognised(form, run)),
    async put(entry) {
      checkRoom();
      return write((run) => put(entry, { leases, run }));
    },
    latest: (id) => read((run) => latest(id, run)),
    others: (id) => read((run) => others(id, run)),
    given: (phone, except) => read((run) => given(phone, except, run)),
    withdraw: (id, notice, tellsOfOthers = false) =>
      write((run) => withdraw(id, { notice, tellsOfOthers }, { leases, run })),
    async due(at, leasedUntil) {
      try {
        return await write((run) => lease(at, leasedUntil, run));
      } catch (error) {
        if (!isUnwritable(error)) throw error;
        return read((run) => leaseInMemory({ at, until: leasedUntil }, leases, run));
      }
    },
    async postpone(id, until, mayHaveLeft) {
      const held = leases.get(id);
      if (held) held.until = until;
      await write((run) => run.postpone.run(until, mayHaveLeft || held ? 1 : 0, id));
      leases.delete(id);
    },
    async markUnreadable(id, until) {
      const held = leases.get(id);
      if (held) held.until = until;
      await write((run) => run.markUnreadable.run(until, id));
      leases.delete(id);
    },
    unreadable: () => read((run) => Number(run.unreadable.get()?.count)),
    async hasten() {
      await write((run) => run.hasten.run());
    },
    async erase(id) {
      await write((run) => run.erase.run(id));
      leases.delete(id);
    },
    holds: (id) => read((run) => run.holds.get(id) !== undefined),
    waiting: () => read(waiting),
    noted: (name) => read((run) => run.noted.get(name)?.text as string | undefined),
    async note(name, text) {
      await write((run) => (text === undefined ? run.forgetNote.run(name) : run.note.run(name, text)));
    },
    async *all() {
      for (const { id } of await read((run) => run.ids.all())) {
        const row = await read((run) => run.one.get(id ?? null) as Row | undefined);
        if (row) yield messageOf(row);
      }
    },
    async forget(before) {
      await write((run) => run.forget.map((old) => old.run(before)));
    },
    async close() {
      close();
    },
  };
}
