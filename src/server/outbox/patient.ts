// An outbox that opens as soon as what is in the way has gone. Until then the site stands without it: nothing is kept, and
// whoever asks for something is told so at once.
import { codeOf, type Journal } from '../../rappel/journal.ts';
import { SettingError } from '../../settings/settings.ts';
import type { OpenOutbox } from '../application.ts';

export type Opening = {
  open(): Promise<OpenOutbox>;
  journal: Journal;
  /** Whether several machines share it: they count together too, once it is open. */
  isShared: boolean;
};

const firstWaitMs = 1000;
const longestWaitMs = 10_000;

/**
 * Opens an outbox. When the world is in the way (a database or a disk that refuses), resolves all the same, with an outbox
 * whose calls reject with what is in the way; it is tried again, one attempt at a time, after one second to ten, until it
 * opens or is closed. Rejects with `SettingError` when it can never open with these settings.
 */
export async function openPatiently(opening: Opening): Promise<OpenOutbox> {
  try {
    return await opening.open();
  } catch (error) {
    if (error instanceof SettingError) throw error;
    return standIn(opening, error);
  }
}

function standIn({ open, journal, isShared }: Opening, firstReason: unknown): OpenOutbox {
  const told = new Set<string>();
  let reason = firstReason;
  let outbox: OpenOutbox | undefined;
  let waitMs = firstWaitMs;
  let attempt = Promise.resolve();
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const tryLater = (error: unknown) => {
    reason = error;
    tellOnce(error, told, journal);
    if (isClosed) return;
    timer = setTimeout(() => {
      attempt = tryNow();
    }, waitMs);
    waitMs = Math.min(2 * waitMs, longestWaitMs);
  };
  const tryNow = async () => {
    try {
      const found = await open();
      await found.hasten().catch(() => {}); // what waited for it leaves at once, even where the disk cannot note it
      outbox = found;
      journal('outbox-opened', {});
    } catch (error) {
      tryLater(error);
    }
  };
  tryLater(firstReason);

  const opened = (): OpenOutbox => {
    if (!outbox) throw reason;
    return outbox;
  };
  return {
    find: async (...asked) => opened().find(...asked),
    recognise: async (...asked) => opened().recognise(...asked),
    put: async (...asked) => opened().put(...asked),
    latest: async (...asked) => opened().latest(...asked),
    others: async (...asked) => opened().others(...asked),
    given: async (...asked) => opened().given(...asked),
    withdraw: async (...asked) => opened().withdraw(...asked),
    due: async (...asked) => outbox?.due(...asked), // the courier asks each second; it was told why
    postpone: async (...asked) => opened().postpone(...asked),
    markUnreadable: async (...asked) => opened().markUnreadable(...asked),
    unreadable: async () => opened().unreadable(),
    hasten: async () => outbox?.hasten(), // done when it opens
    erase: async (...asked) => opened().erase(...asked),
    holds: async (...asked) => opened().holds(...asked),
    waiting: async () => opened().waiting(),
    noted: async (...asked) => outbox?.noted(...asked), // asked each second too
    note: async (...asked) => opened().note(...asked),
    async *all() {
      yield* opened().all();
    },
    forget: async (...asked) => outbox?.forget(...asked),
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await attempt;
      await outbox?.close();
    },
    ...(isShared ? { pool: poolOf(opened) } : {}),
  };
}

// What counts forms asks for one thing, and counts alone when it is refused.
function poolOf(opened: () => OpenOutbox): NonNullable<OpenOutbox['pool']> {
  const query = async (...asked: [string, unknown[]]) => opened().pool?.query(...asked);
  return { query } as unknown as NonNullable<OpenOutbox['pool']>;
}

// One line for each kind of trouble, however often it comes back. What a setting has to do with it is said in words.
function tellOnce(error: unknown, told: Set<string>, journal: Opening['journal']): void {
  const code = error instanceof SettingError ? 'SETTING' : codeOf(error);
  if (told.has(code)) return;
  told.add(code);
  journal('outbox-unopened', { code });
  if (error instanceof SettingError) console.error(error.message);
}
