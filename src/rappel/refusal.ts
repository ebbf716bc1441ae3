// What the mail server last refused, or its silence, as long as nothing has passed since. The courier waits because of it;
// the outbox keeps it for whoever looks from beside: another machine, the person on duty.
import type { Outbox } from './outbox.ts';

/** Times are milliseconds since 1970. */
export type Refusal = {
  /** The codes of the failure: no word of the server. */
  code: string;
  at: number;
  /** Whether the mail server answered; false: it was not reached, or said nothing. */
  isAnswer: boolean;
  /** Until when it is not asked again, because it turned us away before any message; 0: no such wait. */
  pauseUntil: number;
  /** How many times in a row it turned us away so. */
  times: number;
};

/** The part of a courier's state that is about refusals. Each set holds at most `mostIds` ids. */
export type RefusalState = {
  refusal: Refusal | undefined;
  /** Whether the outbox holds the refusal too: should it disappear there, somebody got through or asks for another try. */
  isNoted: boolean;
  /** Messages refused since the refusal stands. */
  refused: Set<string>;
  /** Messages that were refused while others passed: a no to one of them says nothing of the mail server. */
  odd: Set<string>;
};

/** Nothing was refused yet. */
export function noRefusal(): RefusalState {
  return { refusal: undefined, isNoted: false, refused: new Set(), odd: new Set() };
}

const noteName = 'refusal';
const mostIds = 1000;

/** The refusal that stands: as the outbox knows it, or as this courier does when the disk did not take it. */
export async function standingRefusal(outbox: Outbox, state: RefusalState): Promise<Refusal | undefined> {
  if (state.refusal && !state.isNoted) return state.refusal;
  return parsed(await outbox.noted(noteName));
}

/** Forgets a refusal that the outbox no longer holds, and takes over one that another process left there. */
export async function refresh(outbox: Outbox, state: RefusalState): Promise<void> {
  const standing = await standingRefusal(outbox, state);
  if (state.refusal && standing) return;
  state.refusal = standing && { ...standing, pauseUntil: 0, times: 0 };
  state.isNoted = standing !== undefined;
  state.refused.clear();
}

/** Notes a refusal of one message (`id`), or of all of them. */
export async function noteRefusal(
  refusal: Refusal,
  id: string | undefined,
  { outbox, state }: { outbox: Outbox; state: RefusalState },
): Promise<void> {
  state.refusal = refusal;
  if (id) remember(id, state.refused);
  state.isNoted = await outbox.note(noteName, JSON.stringify(refusal)).then(
    () => true,
    () => false, // a full disk: this process alone knows
  );
}

/** Something passed, or is to be tried again: whatever was refused before was not refused for good. */
export async function liftRefusal(outbox: Outbox, state: RefusalState): Promise<void> {
  await outbox.hasten();
  await outbox.note(noteName, undefined);
  for (const id of state.refused) remember(id, state.odd);
  Object.assign(state, { refusal: undefined, isNoted: false });
  state.refused.clear();
}

function remember(id: string, ids: Set<string>): void {
  if (ids.size >= mostIds) ids.clear(); // forgetting costs one wrong word about the mail server, not a request
  ids.add(id);
}

function parsed(note: string | undefined): Refusal | undefined {
  return note === undefined ? undefined : (JSON.parse(note) as Refusal);
}
