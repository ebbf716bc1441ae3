// The journey of a request, from the form to the outbox. We say "noted" only once `put` has resolved.

import type { Tongue } from '../service/tongues.ts';
import { type CountName, countedAs } from './counts.ts';
import { mostTries, overtaken, type ReceiveEffects } from './effects.ts';
import { sealedEnding } from './ending.ts';
import { hidden, textIn } from './fields.ts';
import { codeOf } from './journal.ts';
import { type Message, messageFor, tooLate } from './message.ts';
import { type Entry, type Envelope, rememberedMs } from './outbox.ts';
import {
  changeableMinutes,
  type Outcome,
  outcomeOf,
  readChangeable,
  requestOf,
  writeToken,
} from './outcome.ts';
import type { Problem } from './problems.ts';
import type { Rappel } from './rappel.ts';
import type { Fingerprints, Kept, Mark } from './recognise.ts';
import { lostFrom, replacedBy } from './replacement.ts';
import { leastLeftMs, type SlotDate } from './slots.ts';

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

/** Reads a form posted in a language; nothing is kept yet. `too-late`: the token that it carries is not ours. */
export function readRequest(
  form: FormData,
  effects: ReceiveEffects,
  tongue: Tongue = 'francais',
): Readable | Exclude<Received, { kind: 'kept' | 'not-kept' }> {
  const parsed = effects.parse(form, tongue);
  if (!parsed.ok) return { kind: 'to-correct', problems: parsed.problems };
  const at = effects.now();
  const dates = effects.slotDates(parsed.rappel.slots, at);
  if (dates.length === 0) return { kind: 'to-correct', problems: [closedThen] };
  const token = textIn(form, hidden.token);
  if (token && !requestOf(token, effects.tokens)) return { kind: 'too-late' };
  return { kind: 'readable', form, rappel: parsed.rappel, dates, at };
}

/**
 * Seals and keeps a request. The same form sent twice is kept once; so are the same words from elsewhere, whose page looks
 * like any other and gives no right over the first. `too-late`: the form meant to change a request whose thirty minutes are
 * over. `not-kept`: the disk refused, nothing was kept.
 */
export async function keepRequest(
  readable: Readable,
  effects: ReceiveEffects,
  arrival: Arrival,
): Promise<Received> {
  const { form, rappel, dates, at } = readable;
  const token = textIn(form, hidden.token);
  const changed = token ? readChangeable(token, at, effects.tokens) : undefined;
  const prints = fingerprintsOf(rappel, form, { at, place: arrival.place, changes: changed?.id }, effects);
  try {
    if (token && !changed) return await sentBefore(rappel, prints, at, effects);
    const counts = countedAs(textIn(form, hidden.origin), rappel);
    const sending = { dates, at, prints, changed, counts, isUnverified: arrival.isUnverified };
    return { kind: 'kept', token: await keepOne(rappel, sending, effects) };
  } catch (error) {
    effects.journal('request-not-kept', { code: codeOf(error) });
    return { kind: 'not-kept' };
  }
}

/** The whole way of a form that nobody has to let in: read, then kept. */
export async function receive(
  form: FormData,
  effects: ReceiveEffects,
  arrival: Arrival,
  tongue?: Tongue,
): Promise<Received> {
  const request = readRequest(form, effects, tongue);
  return request.kind === 'readable' ? keepRequest(request, effects, arrival) : request;
}

const closedThen: Problem = { field: 'quand', word: 'erreur.quand.ferme' };

type Origin = { at: Date; place: string; changes: string | undefined };

// Each kind of fingerprint begins with its own word, so that nothing typed can be taken for another kind.
function fingerprintsOf(
  rappel: Rappel,
  form: FormData,
  { at, place, changes }: Origin,
  effects: ReceiveEffects,
): Fingerprints {
  const words = JSON.stringify(rappel);
  const content = effects.digest(`contenu:${words}`);
  const pageKey = textIn(form, hidden.pageKey);
  const changeableSince = at.getTime() - changeableMinutes * 60_000;
  return {
    content,
    own: pageKey ? { key: effects.digest(`cle:${pageKey}`), since: at.getTime() - rememberedMs } : undefined,
    place: place ? { key: effects.digest(`lieu:${place}\n${words}`), since: changeableSince } : undefined,
    anywhere: { key: content, since: sameDatesSince(rappel, new Date(changeableSince), at, effects) },
    changeableSince,
    changes,
  };
}

// The same moments are the same dates until one of them has less than an hour left: whoever sends them then means those of
// next week. The minute at which the hour is whole still counts.
function sameDatesSince({ slots }: Rappel, since: Date, at: Date, effects: ReceiveEffects): number {
  const turns = effects.slotDates(slots, since).map(({ to }) => to.getTime() - leastLeftMs + 60_000);
  return Math.max(since.getTime(), ...turns.filter((turn) => turn <= at.getTime()));
}

// A change whose thirty minutes are over may be one that was kept, and sent again because no answer came.
async function sentBefore(
  rappel: Rappel,
  prints: Fingerprints,
  at: Date,
  effects: ReceiveEffects,
): Promise<Received> {
  const first = prints.own && (await effects.outbox.find(prints.own));
  if (first?.content !== prints.content) return { kind: 'too-late' };
  return { kind: 'kept', token: tokenFor(rappel, first, { at }, effects) };
}

/** `changed`: the request that its token says it changes. */
type Sending = {
  dates: SlotDate[];
  at: Date;
  prints: Fingerprints;
  changed: Outcome | undefined;
  counts: CountName[];
  isUnverified: boolean;
};

async function keepOne(rappel: Rappel, sending: Sending, effects: ReceiveEffects): Promise<string> {
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const token = await tryToKeep(rappel, sending, effects);
    if (token) return token;
  }
  throw overtaken();
}

// Gives nothing when another request changed, in the same instant, what the sealed message says. The same words from
// elsewhere are sealed as well: they take the time of any other.
async function tryToKeep(
  rappel: Rappel,
  sending: Sending,
  effects: ReceiveEffects,
): Promise<string | undefined> {
  const { at, prints, changed, counts, isUnverified } = sending;
  const earlier = await effects.outbox.recognise(prints);
  if (earlier.kind === 'known' && earlier.hasKey) return tokenFor(rappel, earlier.known, sending, effects);

  const replaces = earlier.kind === 'new' ? earlier.replaces : undefined;
  const fresh = { id: effects.newId(), receivedAt: at.getTime() };
  const phone = { key: effects.digest(`numero:${rappel.phone.e164}`), since: at.getTime() - rememberedMs };
  const related = await earlierRequests(replaces, phone, effects);
  const message = messageFor(rappel, sending.dates, {
    id: fresh.id,
    receivedAt: at,
    mailbox: effects.mailbox,
    isUnverified,
    replaces: replaces ? replacedBy(rappel, { id: replaces, changed }, effects) : undefined,
    ...related,
  });
  const put = await effects.outbox.put({
    ...fresh,
    ...(await close(message, { ...sending, envelope: fresh }, effects)),
    ...{ form: prints, isUnverified, replaces, phone, counts, ending: sealedEnding(rappel.phone, effects) },
    ...{ tellsOfOthers: related.others.length > 0, tellsOfGiven: related.given.length > 0 },
  });
  if (put.kind === 'overtaken') return undefined;
  if (put.kind === 'known') return tokenFor(rappel, put.known, sending, effects);
  effects.journal(put.kind === 'kept' ? 'request-kept' : 'request-duplicate', { id: fresh.id });
  effects.wake();
  return tokenFor(rappel, { ...fresh, replaces }, sending, effects);
}

async function earlierRequests(replaces: string | undefined, phone: Mark, { outbox }: ReceiveEffects) {
  const others = replaces ? await outbox.others(replaces) : [];
  return { others, given: await outbox.given(phone, replaces) };
}

async function close(
  message: Message,
  { dates, envelope }: { dates: SlotDate[]; envelope: Envelope },
  effects: ReceiveEffects,
): Promise<Pick<Entry, 'sealed' | 'late'>> {
  const from = dates.at(-1)?.to.getTime();
  const both = [message, tooLate(message)].map((one) => effects.seal(one, envelope));
  const [sealed, late] = (await Promise.all(both)) as [Uint8Array, Uint8Array];
  return { sealed, ...(from ? { late: { from, sealed: late } } : {}) };
}

function tokenFor(
  rappel: Rappel,
  kept: Pick<Kept, 'id' | 'receivedAt'> & { replaces?: string | undefined },
  { at, changed }: { at: Date; changed?: Outcome | undefined },
  effects: ReceiveEffects,
): string {
  // One that was kept already took the place of what its form changes.
  const replaces = kept.replaces ?? (changed?.id === kept.id ? changed.replaces : changed?.id);
  const outcome = outcomeOf(rappel, { ...kept, replaces }, at);
  const typed = [...outcome.typed, ...lostFrom(changed, rappel)]; // what a change forgets, the next one still knows
  return writeToken({ ...outcome, typed }, effects.tokens);
}
