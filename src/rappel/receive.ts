// The journey of a request, from the form to the outbox. We say "noted" only once `put` has resolved.

import { type Desk, mostTries, overtaken } from './effects.ts';
import { codeOf } from './journal.ts';
import { type Message, messageFor, tooLate } from './message.ts';
import { type Entry, rememberedMs } from './outbox.ts';
import { changeableMinutes, outcomeOf, readChangeable, requestOf, writeToken } from './outcome.ts';
import { type Problem, parseRappel, type Rappel } from './rappel.ts';
import type { Fingerprints, Kept, Mark } from './recognise.ts';
import { type SlotDate, slotDates } from './slots.ts';

/** What became of a posted form. `token` opens the page that confirms it. */
export type Received =
  | { kind: 'kept'; token: string }
  | { kind: 'to-correct'; problems: Problem[] }
  | { kind: 'too-late' }
  | { kind: 'not-kept' };

/**
 * What admission knows of a form. `isUnverified`: nobody knows whether a person sent it, and the e-mail says so. `place`: the
 * household that it came from, '' when unknown; it is mixed into a fingerprint and kept nowhere.
 */
export type Arrival = { isUnverified: boolean; place: string };

/** A form that could be kept: what it asks, and the dates that this means when it came. */
export type Readable = { kind: 'readable'; form: FormData; rappel: Rappel; dates: SlotDate[]; at: Date };

/** Reads a posted form; nothing is kept yet. `too-late`: the token that it carries is not ours. */
export function readRequest(
  form: FormData,
  desk: Desk,
): Readable | Exclude<Received, { kind: 'kept' | 'not-kept' }> {
  const parsed = parseRappel(form);
  if (!parsed.ok) return { kind: 'to-correct', problems: parsed.problems };
  const at = desk.now();
  const dates = slotDates(parsed.rappel.slots, at, desk.opening);
  if (dates.length === 0) return { kind: 'to-correct', problems: [closedThen] };
  const jeton = textIn(form, 'jeton');
  if (jeton && !requestOf(jeton, desk.tokens)) return { kind: 'too-late' };
  return { kind: 'readable', form, rappel: parsed.rappel, dates, at };
}

/**
 * Seals and keeps a request. The same form sent twice is kept once; so are the same words from elsewhere, whose page looks
 * like any other and gives no right over the first. `too-late`: the form meant to change a request whose thirty minutes are
 * over. `not-kept`: the disk refused, nothing was kept.
 */
export async function keepRequest(readable: Readable, desk: Desk, arrival: Arrival): Promise<Received> {
  const { form, rappel, dates, at } = readable;
  const jeton = textIn(form, 'jeton');
  const changed = jeton ? readChangeable(jeton, at, desk.tokens) : undefined;
  const prints = fingerprintsOf(rappel, form, { at, place: arrival.place, changes: changed?.id }, desk);
  try {
    if (jeton && !changed) return await sentBefore(rappel, prints, at, desk);
    const sending = { dates, at, prints, isUnverified: arrival.isUnverified };
    return { kind: 'kept', token: await keepOne(rappel, sending, desk) };
  } catch (error) {
    desk.journal('request-not-kept', { code: codeOf(error) });
    return { kind: 'not-kept' };
  }
}

/** The whole way of a form that nobody has to let in: read, then kept. */
export async function receive(form: FormData, desk: Desk, arrival: Arrival): Promise<Received> {
  const done = readRequest(form, desk);
  return done.kind === 'readable' ? keepRequest(done, desk, arrival) : done;
}

const closedThen: Problem = {
  field: 'quand',
  message: 'La ligne est fermée à ces moments-là dans les sept prochains jours. Choisissez-en un autre.',
};

type Asked = { at: Date; place: string; changes: string | undefined };

// Each kind of fingerprint begins with its own word, so that nothing typed can be taken for another kind.
function fingerprintsOf(
  rappel: Rappel,
  form: FormData,
  { at, place, changes }: Asked,
  desk: Desk,
): Fingerprints {
  const words = JSON.stringify(rappel);
  const content = desk.digest(`contenu:${words}`);
  const cle = textIn(form, 'cle');
  const changeableSince = at.getTime() - changeableMinutes * 60_000;
  return {
    content,
    own: cle ? { key: desk.digest(`cle:${cle}`), since: at.getTime() - rememberedMs } : undefined,
    place: place ? { key: desk.digest(`lieu:${place}\n${words}`), since: changeableSince } : undefined,
    anywhere: { key: content, since: sameDatesSince(rappel, new Date(changeableSince), at, desk) },
    changeableSince,
    changes,
  };
}

// The same moments are the same dates until one of them begins: whoever sends them then means those of next week.
function sameDatesSince({ slots }: Rappel, since: Date, at: Date, desk: Desk): number {
  const starts = slotDates(slots, since, desk.opening).map(({ from }) => from.getTime());
  return Math.max(since.getTime(), ...starts.filter((start) => start <= at.getTime()));
}

// A change whose thirty minutes are over may be one that was kept, and sent again because no answer came.
async function sentBefore(rappel: Rappel, prints: Fingerprints, at: Date, desk: Desk): Promise<Received> {
  const known = prints.own && (await desk.outbox.find(prints.own));
  if (known?.content !== prints.content) return { kind: 'too-late' };
  return { kind: 'kept', token: tokenFor(rappel, known, at, desk) };
}

type Sending = { dates: SlotDate[]; at: Date; prints: Fingerprints; isUnverified: boolean };

async function keepOne(rappel: Rappel, sending: Sending, desk: Desk): Promise<string> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const token = await tryToKeep(rappel, sending, desk);
    if (token) return token;
  }
  throw overtaken();
}

// Gives nothing when another request changed, in the same instant, what the sealed message says. The same words from
// elsewhere are sealed as well: they take the time of any other.
async function tryToKeep(rappel: Rappel, sending: Sending, desk: Desk): Promise<string | undefined> {
  const { at, prints, isUnverified } = sending;
  const earlier = await desk.outbox.recognise(prints);
  if (earlier.kind === 'known' && earlier.hasKey) return tokenFor(rappel, earlier.known, at, desk);

  const replaces = earlier.kind === 'new' ? earlier.replaces : undefined;
  const fresh = { id: desk.newId(), receivedAt: at.getTime() };
  const phone = { key: desk.digest(`numero:${rappel.phone.e164}`), since: at.getTime() - rememberedMs };
  const told = await earlierRequests(replaces, phone, desk);
  const message = messageFor(rappel, sending.dates, {
    id: fresh.id,
    receivedAt: at,
    isUnverified,
    replaces,
    ...told,
  });
  const put = await desk.outbox.put({
    ...fresh,
    ...(await close(message, sending.dates, desk)),
    ...{ form: prints, isUnverified, replaces, phone },
    ...{ tellsOfOthers: told.others.length > 0, tellsOfGiven: told.given.length > 0 },
  });
  if (put.kind === 'overtaken') return undefined;
  if (put.kind === 'known') return tokenFor(rappel, put.known, at, desk);
  desk.journal(put.kind === 'kept' ? 'request-kept' : 'request-duplicate', { id: fresh.id });
  desk.wake();
  return tokenFor(rappel, fresh, at, desk);
}

async function earlierRequests(replaces: string | undefined, phone: Mark, { outbox }: Desk) {
  const others = replaces ? await outbox.others(replaces) : [];
  return { others, given: await outbox.given(phone, replaces) };
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

function tokenFor(rappel: Rappel, kept: Pick<Kept, 'id' | 'receivedAt'>, at: Date, desk: Desk): string {
  return writeToken(outcomeOf(rappel, kept, at), desk.tokens);
}

function textIn(form: FormData, name: string): string {
  const given = form.get(name);
  return typeof given === 'string' ? given : '';
}
