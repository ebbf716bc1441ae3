// An outbox in memory, for the tests of this room: all the promises of `outbox.ts` but one, a power cut empties it.
import type { Kept, Outbox, SealedRappel } from './outbox.ts';

// `departure`: 0, the message has surely not left; 1, it is being sent; 2, an attempt ended without a clear answer.
type Row = SealedRappel & { nextAt: number; departure: 0 | 1 | 2 };

const clockSlackMs = 10 * 60_000;

/** A new, empty outbox. */
export function memoryOutbox(): Outbox {
  const rows = new Map<string, Row>();
  const forms = new Map<string, Kept>();
  const replaced = new Map<string, string>();
  const withdrawn = new Set<string>();

  const keep = ({ id, receivedAt, sealed }: Omit<SealedRappel, 'attempts'>) =>
    rows.set(id, { id, receivedAt, sealed, attempts: 0, nextAt: receivedAt, departure: 0 });
  const forgetForm = (id: string) => {
    for (const [key, form] of forms) if (form.id === id) forms.delete(key);
  };
  const isDue = ({ nextAt }: Row, at: number) => nextAt <= at || nextAt > at + clockSlackMs;

  return {
    async find(key, since) {
      const form = forms.get(key);
      return form && form.receivedAt > since ? form : undefined;
    },
    async put({ key, content, replaces, ...message }) {
      if (replaces) {
        rows.delete(replaces);
        forgetForm(replaces);
        for (const [id, by] of replaced) if (by === replaces) replaced.set(id, message.id);
        replaced.set(replaces, message.id);
      }
      keep(message);
      forms.set(key, { id: message.id, receivedAt: message.receivedAt, content });
    },
    async latest(id) {
      return replaced.get(id) ?? id;
    },
    async withdraw(id, notice) {
      if (withdrawn.has(id)) return 'already';
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
      row.attempts += 1;
      row.departure = row.departure === 0 ? 1 : 2;
      const { id, receivedAt, sealed, attempts } = row;
      return { id, receivedAt, sealed, attempts };
    },
    async postpone(id, until, mayHaveLeft) {
      const row = rows.get(id);
      if (!row) return;
      row.nextAt = until;
      if (mayHaveLeft) row.departure = 2;
      else if (row.departure === 1) row.departure = 0;
    },
    async erase(id) {
      rows.delete(id);
    },
    async close() {},
  };
}
