// An outbox in memory, for the tests of this room: all the promises of `outbox.ts` but one, a power cut empties it.
import { type CountName, countsOf, monthOf } from './counts.ts';
import { linkedMs, mostListed, type Outbox, type SealedMessage, type SealedRappel } from './outbox.ts';
import { type Fingerprints, type Kept, type Mark, recognise } from './recognise.ts';

// `departure`: 0, the message has surely not left; 1, it is being sent; 2, an attempt ended without a clear answer.
// `isSequel`: it says not to follow another, which may have left.
type Row = SealedRappel & {
  nextAt: number;
  leased: boolean;
  departure: 0 | 1 | 2;
  unreadable: boolean;
  isSequel: boolean;
};

// `fate`: accepted, sent again after it came back, or without a way left.
type Sent = { row: Row; at: number; hasBytes: boolean; fate: 'accepted' | 'again' | 'bounced' };

const clockSlackMs = 10 * 60_000;

/** A new, empty outbox. */
export function memoryOutbox(): Outbox {
  const rows = new Map<string, Row>();
  const forms = new Map<string, Kept>();
  const replaced = new Map<string, { by: string; at: number }>();
  const withdrawn = new Map<string, { at: number }>();
  const duplicates = new Map<string, { first: string; at: number; ending: Uint8Array | undefined }>();
  const phones = new Map<string, { phone: string; at: number; ending: Uint8Array | undefined }>();
  const notes = new Map<string, string>();
  const counts = new Map<string, { month: string; name: CountName; count: number }>();
  const sent = new Map<string, Sent>();

  const keep = ({ id, receivedAt, sealed, late, isTest, isUnverified }: SealedMessage, isSequel = false) => {
    const row = {
      id,
      receivedAt,
      sealed,
      late,
      isTest,
      isUnverified,
      isSecond: false,
      attempts: 0,
      isSequel,
    };
    rows.set(id, { ...row, nextAt: receivedAt, leased: false, departure: 0, unreadable: false });
  };
  const count = (names: readonly CountName[], at: number) => {
    const month = monthOf(at);
    for (const name of new Set(names)) {
      const before = counts.get(`${month} ${name}`)?.count ?? 0;
      counts.set(`${month} ${name}`, { month, name, count: before + 1 });
    }
  };
  const forgetForm = (id: string) => {
    const first = duplicates.get(id)?.first;
    for (const [key, form] of forms)
      if (form.id === id || (form.id === first && key === form.content)) forms.delete(key);
    return duplicates.delete(id);
  };
  const find = (mark?: Mark) => {
    const form = mark && forms.get(mark.key);
    return form && form.receivedAt > mark.since ? form : undefined;
  };
  // Whether a message has surely not left, and never will.
  const hold = (id: string, isAlone: boolean) => {
    const row = rows.get(id);
    if (!isAlone || !row || row.isSequel) return false;
    rows.delete(id);
    return row.departure === 0;
  };
  // Some copy of it may have arrived all the same (2).
  const requeue = (row: Row, isSecond: boolean) =>
    rows.set(row.id, { ...row, isSecond, nextAt: row.receivedAt, attempts: 0, leased: false, departure: 2 });
  const latest = (id: string) => replaced.get(id)?.by ?? id;
  const recognised = (form: Fingerprints) => {
    const matches = { own: find(form.own), place: find(form.place), anywhere: find(form.anywhere) };
    return recognise(form, { ...matches, changed: form.changes && latest(form.changes) });
  };
  const others = (id: string) => {
    const first = duplicates.get(id)?.first;
    const same = [...duplicates].filter(([, one]) => one.first === id).map(([other]) => other);
    return [...(first ? [first] : []), ...same].slice(0, mostListed.others);
  };
  const given = ({ key, since }: Mark, except?: string) =>
    [...phones]
      .filter(([id, { phone, at }]) => phone === key && at > since && id !== except)
      .sort(([, a], [, b]) => b.at - a.at)
      .map(([id]) => id)
      .slice(0, mostListed.given);
  const isDue = ({ nextAt }: Row, at: number) => nextAt <= at || nextAt > at + clockSlackMs;

  return {
    async find(mark) {
      return find(mark);
    },
    async recognise(form) {
      return recognised(form);
    },
    async put(entry) {
      const { form, replaces, phone, tellsOfOthers, tellsOfGiven, ending, ...message } = entry;
      const { id, receivedAt } = message;
      const earlier = recognised(form);
      if (earlier.kind === 'known') {
        if (form.own) forms.set(form.own.key, earlier.known);
        return { kind: 'known', known: earlier.known };
      }
      const kept = { id, receivedAt, content: form.content };
      for (const mark of [form.own, form.place])
        if (mark && earlier.kind === 'duplicate') forms.set(mark.key, kept);
      if (earlier.kind === 'duplicate') {
        duplicates.set(id, { first: earlier.first, at: receivedAt, ending });
        return { kind: 'duplicate' };
      }
      if (earlier.replaces !== replaces) return { kind: 'overtaken' };
      if (phone && !tellsOfGiven && given(phone, replaces).length > 0) return { kind: 'overtaken' };
      let isSequel = false;
      let isChange = false;
      if (replaces) {
        const isAlone = others(replaces).length === 0;
        if (!isAlone && !tellsOfOthers) return { kind: 'overtaken' };
        isSequel = !hold(replaces, isAlone);
        isChange = !forgetForm(replaces);
        phones.delete(replaces);
        for (const row of replaced.values()) if (row.by === replaces) row.by = id;
        replaced.set(replaces, { by: id, at: receivedAt });
      }
      keep(message, isSequel);
      for (const mark of [form.own, form.place, form.anywhere]) if (mark) forms.set(mark.key, kept);
      if (phone) phones.set(id, { phone: phone.key, at: receivedAt, ending });
      count(countsOf(entry, isChange), receivedAt);
      return { kind: 'kept' };
    },
    async latest(id) {
      return latest(id);
    },
    async others(id) {
      return others(id);
    },
    async given(phone, except) {
      return given(phone, except);
    },
    async ending(id) {
      return (phones.get(id) ?? duplicates.get(id))?.ending;
    },
    async withdraw(id, { tellsOfOthers, ...notice }) {
      if (withdrawn.has(id)) return 'already';
      const isAlone = others(id).length === 0;
      if (replaced.has(id) || (!isAlone && !tellsOfOthers)) return 'overtaken';
      withdrawn.set(id, { at: notice.receivedAt });
      const wasDuplicate = forgetForm(id);
      const stayed = hold(id, isAlone);
      if (!notice.isTest && !wasDuplicate)
        count([stayed ? 'cancelled-unread' : 'cancelled-read'], notice.receivedAt);
      if (stayed) {
        phones.delete(id);
        return 'withdrawn';
      }
      const phone = phones.get(id);
      if (phone) phone.ending = undefined;
      keep(notice);
      return 'notified';
    },
    async due(at, leasedUntil) {
      const [row] = [...rows.values()]
        .filter((waiting) => isDue(waiting, at))
        .sort(
          (a, b) => Number(a.isUnverified ?? 0) - Number(b.isUnverified ?? 0) || a.receivedAt - b.receivedAt,
        );
      if (!row) return undefined;
      row.nextAt = leasedUntil;
      row.leased = true;
      row.attempts += 1;
      row.departure = row.departure === 0 ? 1 : 2;
      const { nextAt, leased, departure, unreadable, isSequel, ...message } = row;
      return message;
    },
    async postpone(id, { until, mayHaveLeft }) {
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
    async erase(id, names = [], watchedFrom = undefined) {
      const row = rows.get(id);
      if (row) count(names, row.receivedAt);
      if (row && watchedFrom !== undefined)
        sent.set(id, { row, at: watchedFrom, hasBytes: !row.isTest, fate: 'accepted' });
      rows.delete(id);
    },
    async bounce({ id, sending, at, hasSecond }) {
      const one = sent.get(id);
      if (one?.fate !== 'accepted' || (one.row.isSecond ?? false) !== (sending === 'second'))
        return 'unknown';
      const isOver = replaced.has(id) || withdrawn.has(id);
      if (isOver && !one.row.isSequel && others(id).length === 0) {
        sent.delete(id);
        return 'void';
      }
      one.at = at;
      one.fate = sending === 'first' && hasSecond && one.hasBytes ? 'again' : 'bounced';
      if (one.fate === 'bounced') return 'bounced';
      one.hasBytes = false;
      requeue(one.row, true);
      return 'sent-again';
    },
    async returns(since) {
      const all = [...sent].sort(([, a], [, b]) => b.at - a.at);
      const again = all.filter(
        ([, { row, fate, at }]) => fate !== 'bounced' && (fate === 'again' || row.isSecond) && at > since,
      );
      const bounced = all.filter(([, { fate }]) => fate === 'bounced').map(([id]) => id);
      return { bounced: bounced.slice(0, mostListed.returns), sentAgain: again.length };
    },
    async sendBack() {
      const all = [...sent.values()].filter(({ fate }) => fate === 'bounced');
      for (const { row } of all) sent.delete(row.id);
      const again = all.filter(({ hasBytes }) => hasBytes);
      for (const { row } of again) requeue(row, false);
      const lost = all.filter(({ hasBytes, row }) => !hasBytes && !row.isTest).map(({ row }) => row.id);
      return { again: again.length, lost };
    },
    async forgetSent({ bytes, ids }) {
      for (const [id, one] of sent) {
        if (one.fate === 'bounced') continue;
        if (one.at < bytes) one.hasBytes = false;
        if (one.at < ids) sent.delete(id);
      }
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
    async report(year) {
      return [...counts.values()]
        .filter(({ month }) => month.startsWith(`${year}-`))
        .map(({ month, ...rest }) => ({ ...rest, month: Number(month.slice(5)) }));
    },
    async forget(before) {
      for (const [key, form] of forms) if (form.receivedAt < before) forms.delete(key);
      for (const [id, { at }] of phones) if (at < before) phones.delete(id);
      for (const row of duplicates.values()) if (row.at < before) row.ending = undefined;
      for (const links of [replaced, withdrawn, duplicates])
        for (const [id, { at }] of links) if (at < before - linkedMs) links.delete(id);
    },
    async close() {},
  };
}
