// An outbox in memory, for the tests of this room: all the promises of `outbox.ts` but one, a power cut empties it.
import type { Kept, Outbox, SealedMessage, SealedRappel } from './outbox.ts';

// `departure`: 0, the message has surely not left; 1, it is being sent; 2, an attempt ended without a clear answer.
type Row = SealedRappel & { nextAt: number; leased: boolean; departure: 0 | 1 | 2; unreadable: boolean };

const clockSlackMs = 10 * 60_000;

/** A new, empty outbox. */
export function memoryOutbox(): Outbox {
  const rows = new Map<string, Row>();
  const forms = new Map<string, Kept>();
  const replaced = new Map<string, string>();
  const withdrawn = new Set<string>();
  const notes = new Map<string, string>();

  const keep = ({ id, receivedAt, sealed, late, isTest }: SealedMessage) => {
    const row = { id, receivedAt, sealed, late, isTest, attempts: 0 };
    rows.set(id, { ...row, nextAt: receivedAt, leased: false, departure: 0, unreadable: false });
  };
  const forgetForm = (id: string) => {
    for (const [key, form] of forms) if (form.id === id) forms.delete(key);
  };
  const find = (key: string, since: number) => {
    const form = forms.get(key);
    return form && form.receivedAt > since ? form : undefined;
  };
  const isDue = ({ nextAt }: Row, at: number) => nextAt <= at || nextAt > at + clockSlackMs;

  return {
    async find(key, since) {
      return find(key, since);
    },
    async put({ key, content, replaces, ...message }, since) {
      const known = find(key, since);
      if (known?.content === content) return { kind: 'known', known };
      if (known && known.id !== replaces) return { kind: 'overtaken' };
      if (replaces) {
        if (replaced.has(replaces)) return { kind: 'overtaken' };
        rows.delete(replaces);
        forgetForm(replaces);
        for (const [id, by] of replaced) if (by === replaces) replaced.set(id, message.id);
        replaced.set(replaces, message.id);
      }
      keep(message);
      forms.set(key, { id: message.id, receivedAt: message.receivedAt, content });
      return { kind: 'kept' };
    },
    async latest(id) {
      return replaced.get(id) ?? id;
    },
    async withdraw(id, notice) {
      if (withdrawn.has(id)) return 'already';
      if (replaced.has(id)) return 'overtaken';
      withdrawn.add(id);
      forgetForm(id);
      const stayed = rows.get(id)?.departure === 0;
      rows.delete(id);
      if (stayed) return 'withdrawn';
      keep(notice);
      return 'notified';
    },
    async due(at, leasedUntil) {
      const [row] = [...rows.values()]
        .filter((waiting) => isDue(waiting, at))
        .sort((a, b) => a.receivedAt - b.receivedAt);
      if (!row) return undefined;
      row.nextAt = leasedUntil;
      row.leased = true;
      row.attempts += 1;
      row.departure = row.departure === 0 ? 1 : 2;
      const { nextAt, leased, departure, unreadable, ...message } = row;
      return message;
    },
    async postpone(id, until, mayHaveLeft) {
      const row = rows.get(id);
      if (!row) return;
      row.nextAt = until;
      row.leased = false;
      row.unreadable = false;
      if (mayHaveLeft) row.departure = 2;
      else if (row.departure === 1) row.departure = 0;
    },
    async markUnreadable(id, until) {
      const row = rows.get(id);
      if (!row) return;
      Object.assign(row, { nextAt: until, leased: false, unreadable: true });
      if (row.departure === 1) row.departure = 0;
    },
    async unreadable() {
      return [...rows.values()].filter(({ unreadable }) => unreadable).length;
    },
    async hasten() {
      for (const row of rows.values()) if (!row.leased) row.nextAt = row.receivedAt;
    },
    async erase(id) {
      rows.delete(id);
    },
    async holds(id) {
      return rows.has(id);
    },
    async waiting() {
      const times = [...rows.values()]
        .filter(({ unreadable }) => !unreadable)
        .map(({ receivedAt }) => receivedAt);
      return { count: rows.size, oldestAt: times.length ? Math.min(...times) : undefined };
    },
    async noted(name) {
      return notes.get(name);
    },
    async note(name, text) {
      if (text === undefined) notes.delete(name);
      else notes.set(name, text);
    },
    async *all() {
      yield* rows.values();
    },
    async forget(before) {
      for (const [key, form] of forms) if (form.receivedAt < before) forms.delete(key);
    },
    async close() {},
  };
}
