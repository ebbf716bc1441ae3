// Requests kept, changed and taken back in an outbox in PostgreSQL, whatever other machines do meanwhile.
import { isDeepStrictEqual } from 'node:util';
import { countsOf } from '../../../rappel/counts.ts';
import type { Entry, Notice, Put, SealedMessage } from '../../../rappel/outbox.ts';
import type { Kept, Mark, Recognised } from '../../../rappel/recognise.ts';
import { count } from './counts.ts';
import { erase, keep } from './messages.ts';
import { forgetForm, given, latest, others, recognised, remember } from './recognition.ts';
import type { Reader, Transaction } from './transaction.ts';

/** Keeps a request, unless it is known. */
export async function put(entry: Entry, transaction: Transaction): Promise<Put> {
  const { form, replaces, phone } = entry;
  const marks = [form.own, form.place, form.anywhere].flatMap((mark) => mark ?? []);
  await transaction.lock(...marks.map(({ key }) => `form ${key}`), ...(phone ? [`phone ${phone.key}`] : []));
  const earlier = await recognised(form, transaction);
  const touched = touchedBy(earlier);
  if (touched) {
    await transaction.lock(`message ${touched}`); // it may have been taken back, or changed, while we waited
    if (!isDeepStrictEqual(await recognised(form, transaction), earlier)) return { kind: 'overtaken' };
  }
  if (earlier.kind === 'known') return putAgain(entry, earlier.known, transaction);
  if (earlier.kind === 'duplicate') return putDuplicate(entry, earlier.first, transaction);
  if (earlier.replaces !== replaces || !(await tellsAll(entry, transaction))) return { kind: 'overtaken' };
  return putNew(entry, marks, transaction);
}

function touchedBy(earlier: Recognised): string | undefined {
  if (earlier.kind === 'known') return earlier.known.id;
  return earlier.kind === 'duplicate' ? earlier.first : earlier.replaces;
}

async function tellsAll({ replaces, phone, ...tells }: Entry, reader: Reader): Promise<boolean> {
  if (phone && !tells.tellsOfGiven && (await given(phone, replaces, reader)).length > 0) return false;
  return !replaces || tells.tellsOfOthers === true || (await others(replaces, reader)).length === 0;
}

async function putNew(entry: Entry, marks: Mark[], transaction: Transaction): Promise<Put> {
  const { id, receivedAt, replaces, phone } = entry;
  const taken = replaces === undefined ? undefined : await takePlace(replaces, entry, transaction);
  await keep(entry, taken !== undefined && !taken.stayed, transaction);
  await remember(marks, { id, receivedAt, content: entry.form.content }, transaction);
  if (phone)
    await transaction.query('INSERT INTO demandes.phones (id, phone, at, ending) VALUES ($1, $2, $3, $4)', [
      ...[id, phone.key, receivedAt, entry.ending],
    ]);
  await count(countsOf(entry, taken !== undefined && !taken.wasDuplicate), entry, transaction);
  return { kind: 'kept' };
}

async function putAgain({ form }: Entry, request: Kept, transaction: Transaction): Promise<Put> {
  if (form.own) await remember([form.own], request, transaction);
  return { kind: 'known', known: request };
}

async function putDuplicate(
  { form, id, receivedAt, ending }: Entry,
  first: string,
  transaction: Transaction,
): Promise<Put> {
  const marks = [form.own, form.place].flatMap((mark) => mark ?? []);
  await remember(marks, { id, receivedAt, content: form.content }, transaction);
  await transaction.query('INSERT INTO demandes.duplicates (id, first, at, ending) VALUES ($1, $2, $3, $4)', [
    ...[id, first, receivedAt, ending],
  ]);
  return { kind: 'duplicate' };
}

/** Takes a request back, or keeps `notice` when it may have left. */
export async function withdraw(id: string, notice: Notice, transaction: Transaction) {
  await transaction.lock(`message ${id}`);
  if ((await latest(id, transaction)) !== id) return 'overtaken';
  if ((await transaction.query('SELECT FROM demandes.withdrawn WHERE id = $1', [id])).length > 0)
    return 'already';
  if (!notice.tellsOfOthers && (await others(id, transaction)).length > 0) return 'overtaken';
  await transaction.query('INSERT INTO demandes.withdrawn VALUES ($1, $2)', [id, notice.receivedAt]);
  const stayed = await hold(id, transaction);
  const wasDuplicate = await forgetForm(id, transaction); // the same words sent again are a new request
  const isCounted = !notice.isTest && !wasDuplicate;
  if (stayed) await transaction.query('DELETE FROM demandes.phones WHERE id = $1', [id]);
  else {
    await transaction.query('UPDATE demandes.phones SET ending = NULL WHERE id = $1', [id]);
    await keep(notice, false, transaction);
  }
  if (isCounted) await count([stayed ? 'cancelled-unread' : 'cancelled-read'], notice, transaction);
  return stayed ? 'withdrawn' : 'notified';
}

// `stayed`: the team will never see what was there.
async function takePlace(
  old: string,
  { id, receivedAt }: SealedMessage,
  transaction: Transaction,
): Promise<{ stayed: boolean; wasDuplicate: boolean }> {
  const stayed = await hold(old, transaction);
  const wasDuplicate = await forgetForm(old, transaction);
  await transaction.query('DELETE FROM demandes.phones WHERE id = $1', [old]);
  await transaction.query('UPDATE demandes.replaced SET by = $1 WHERE by = $2', [id, old]);
  await transaction.query('INSERT INTO demandes.replaced VALUES ($1, $2, $3)', [old, id, receivedAt]);
  return { stayed, wasDuplicate };
}

// Keeps a message from leaving; false when it may have left, or must leave: others share it, or it speaks of one before it.
async function hold(id: string, transaction: Transaction): Promise<boolean> {
  if ((await others(id, transaction)).length > 0) return false;
  const [sequel] = await transaction.query('SELECT FROM demandes.outbox WHERE id = $1 AND is_sequel', [id]);
  return !sequel && (await erase(id, transaction))?.departure === 0;
}
