// An outbox that opens as soon as what is in the way has gone. Until then the site stands without it: nothing is kept, and
// whoever asks for something is told so at once.
import { codeOf, type Journal } from '../../rappel/journal.ts';
import type { Outbox } from '../../rappel/outbox.ts';
import { SettingError } from '../../settings/setting-error.ts';
import type { OpenOutbox } from './open.ts';
import type { SharedDatabase } from './postgres/database.ts';

/** How an outbox is opened. */
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
  const codes = new Set<string>();
  let reason = firstReason;
  let behind: OpenOutbox | undefined;
  let waitMs = firstWaitMs;
  let attempt = Promise.resolve();
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const tryLater = (error: unknown) => {
    reason = error;
    writeOnce(error, codes, journal);
    if (isClosed) return;
    timer = setTimeout(() => {
      attempt = tryNow();
    }, waitMs);
    waitMs = Math.min(2 * waitMs, longestWaitMs);
  };
  const tryNow = async () => {
    try {
      const opened = await open();
      await opened.outbox.hasten().catch(() => {}); // what waited for it leaves at once, even where the disk cannot note it
      behind = opened;
      journal('outbox-opened', {});
    } catch (error) {
      tryLater(error);
    }
  };
  tryLater(firstReason);

  const opened = (): OpenOutbox => {
    if (!behind) throw reason;
    return behind;
  };
  const close = async () => {
    isClosed = true;
    clearTimeout(timer);
    await attempt;
    await behind?.outbox.close();
  };
  return {
    outbox: outboxBefore({ opened: () => opened().outbox, ready: () => behind?.outbox, close }),
    shared: isShared ? sharedBefore(() => opened().shared as SharedDatabase) : undefined,
  };
}

/** `opened` throws what is in the way, `ready` gives nothing instead. */
type Behind = { opened(): Outbox; ready(): Outbox | undefined; close(): Promise<void> };

function outboxBefore({ opened, ready, close }: Behind): Outbox {
  return {
    find: async (...args) => opened().find(...args),
    recognise: async (...args) => opened().recognise(...args),
    put: async (...args) => opened().put(...args),
    latest: async (...args) => opened().latest(...args),
    others: async (...args) => opened().others(...args),
    given: async (...args) => opened().given(...args),
    ending: async (...args) => opened().ending(...args),
    withdraw: async (...args) => opened().withdraw(...args),
    due: async (...args) => ready()?.due(...args), // the courier asks each second; it was told why
    postpone: async (...args) => opened().postpone(...args),
    markUnreadable: async (...args) => opened().markUnreadable(...args),
    unreadable: async () => opened().unreadable(),
    hasten: async () => ready()?.hasten(), // done when it opens
    erase: async (...args) => opened().erase(...args),
    bounce: async (...args) => opened().bounce(...args),
    returns: async (...args) => opened().returns(...args),
    sendBack: async () => opened().sendBack(),
    forgetSent: async (...args) => ready()?.forgetSent(...args),
    holds: async (...args) => opened().holds(...args),
    waiting: async () => opened().waiting(),
    noted: async (...args) => ready()?.noted(...args), // asked each second too
    note: async (...args) => opened().note(...args),
    async *all() {
      yield* opened().all();
    },
    report: async (...args) => opened().report(...args),
    forget: async (...args) => ready()?.forget(...args),
    close,
  };
}

// Whoever counts there counts alone while it is refused.
function sharedBefore(opened: () => SharedDatabase): SharedDatabase {
  return {
    query: async (statement) => opened().query(statement),
    migrate: async (name, steps) => opened().migrate(name, steps),
  };
}

// One line for each kind of trouble, however often it comes back. What a setting has to do with it is said in words.
function writeOnce(error: unknown, codes: Set<string>, journal: Opening['journal']): void {
  const code = error instanceof SettingError ? 'SETTING' : codeOf(error);
  if (codes.has(code)) return;
  codes.add(code);
  journal('outbox-unopened', { code });
  if (error instanceof SettingError) console.error(error.message);
}
