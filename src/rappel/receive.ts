// The journey of a request, from the form to the outbox. We say "noted" only once `put` has resolved.
import { codeOf } from './code-of.ts';
import type { Desk } from './desk.ts';
import { type Message, messageFor, tooLate } from './message.ts';
import { type Entry, rememberedMs } from './outbox.ts';
import { changeableMinutes, outcomeOf, readToken, writeToken } from './outcome.ts';
import { type Problem, parseRappel, type Rappel } from './rappel.ts';
import { type SlotDate, slotDates } from './slots.ts';

/** What became of a posted form. `token` opens the page that confirms it. */
export type Received =
  | { kind: 'kept'; token: string }
  | { kind: 'to-correct'; problems: Problem[] }
  | { kind: 'too-late' }
  | { kind: 'not-kept' };

/**
 * Checks, seals and keeps a request. The same form sent twice is kept once. `too-late`: the form meant to change a
 * request whose thirty minutes are over. `not-kept`: the disk refused, nothing was kept. `isUnverified`: nobody knows whether
 * a person sent it, and the e-mail says so.
 */
export async function receive(form: FormData, desk: Desk, isUnverified = false): Promise<Received> {
  const parsed = parseRappel(form);
  if (!parsed.ok) return { kind: 'to-correct', problems: parsed.problems };

  const at = desk.now();
  const dates = slotDates(parsed.rappel.slots, at, desk.opening);
  if (dates.length === 0) return { kind: 'to-correct', problems: [closedThen] };

  const changes = textIn(form, 'jeton');
  const changed = changes ? readToken(changes, at, desk.tokens) : undefined;
  if (changes && !changed) return { kind: 'too-late' };

  try {
    const sending = { form, at, changed: changed?.id, isUnverified };
    return { kind: 'kept', token: await keep(parsed.rappel, dates, sending, desk) };
  } catch (error) {
    desk.journal('request-not-kept', { code: codeOf(error) });
    return { kind: 'not-kept' };
  }
}

const closedThen: Problem = {
  field: 'quand',
  message: 'La ligne est fermée à ces moments-là dans les sept prochains jours. Choisissez-en un autre.',
};

type Sending = { form: FormData; at: Date; changed: string | undefined; isUnverified: boolean };

async function keep(rappel: Rappel, dates: SlotDate[], sending: Sending, desk: Desk): Promise<string> {
  const receivedAt = sending.at.getTime();
  const content = desk.digest(JSON.stringify(rappel));
  for (;;) {
    const { key, since, known } = await earlierOf(content, sending, desk);
    if (known?.content === content) return tokenFor(rappel, known, desk);

    const id = desk.newId();
    const replaces = sending.changed ? await desk.outbox.latest(sending.changed) : known?.id;
    const { isUnverified } = sending;
    const message = messageFor(rappel, dates, { id, receivedAt: sending.at, replaces, isUnverified });
    const closed = await close(message, dates, desk);
    const put = await desk.outbox.put({ id, receivedAt, ...closed, key, content, replaces }, since);
    if (put.kind === 'known') return tokenFor(rappel, put.known, desk);
    if (put.kind === 'overtaken') continue; // by the same page, in the same instant: what it replaces has changed

    desk.journal('request-kept', { id });
    desk.wake();
    return tokenFor(rappel, { id, receivedAt }, desk);
  }
}

// A form is known by the key its script gave it, or else by what it says. A page left open for longer than its request
// can be changed makes another request.
async function earlierOf(content: string, { form, at }: Sending, desk: Desk) {
  const changeableSince = at.getTime() - changeableMinutes * 60_000;
  const ownKey = textIn(form, 'cle');
  if (ownKey) {
    const [key, since] = [desk.digest(ownKey), at.getTime() - rememberedMs];
    const known = await desk.outbox.find(key, since);
    if (!known || known.content === content || known.receivedAt > changeableSince)
      return { key, since, known };
  }
  const known = await desk.outbox.find(content, changeableSince);
  return { key: content, since: changeableSince, known };
}

async function close(
  message: Message,
  dates: SlotDate[],
  desk: Desk,
): Promise<Pick<Entry, 'sealed' | 'late'>> {
  const from = dates.at(-1)?.to.getTime();
  const [sealed, late] = await Promise.all([desk.seal(message), desk.seal(tooLate(message))]);
  return { sealed, ...(from ? { late: { from, sealed: late } } : {}) };
}

function tokenFor(rappel: Rappel, kept: { id: string; receivedAt: number }, desk: Desk): string {
  return writeToken(outcomeOf(rappel, kept.id, kept.receivedAt), desk.tokens);
}

function textIn(form: FormData, name: string): string {
  const given = form.get(name);
  return typeof given === 'string' ? given : '';
}
