// The watch over what comes back: it looks into the mailbox of MAIL_FROM when something arrives there, and each minute. It has a
// link of its own and holds nobody: requests leave whether that mailbox answers or not.
import { codeOf, type Journal } from '../../rappel/journal.ts';
import type { Bounced, Outbox } from '../../rappel/outbox.ts';
import type { Imap } from '../../settings/mailboxes.ts';
import type { Failure } from './bounce.ts';
import type { Look, Reading } from './bounces.ts';
import type { Inbox } from './inbox.ts';

/** What a watch stands on. `wake`: something may leave again. */
export type BounceEffects = {
  imap: Imap;
  hasSecond: boolean;
  outbox: Outbox;
  wake(): void;
  now(): number;
  journal: Journal;
};

const everyMs = 60_000;
const soonMs = 1000;
const longestWaitMs = 5 * 60_000;

/** A watch, from its first look to `stop`. IMAP is loaded by it, for those alone who read a mailbox. */
export class BounceWatch {
  readonly #effects: BounceEffects;
  readonly #reading: Reading;
  readonly #told = new Set<string>();
  #inbox: Inbox | undefined;
  #validity: bigint | undefined;
  #failures = 0;
  #isPartial = false;
  #isHasty = false;
  #isStopped = false;
  #hasNews = false;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  /** Starts watching. */
  constructor(effects: BounceEffects) {
    this.#effects = effects;
    this.#reading = {
      known: new Set(),
      now: effects.now,
      handle: (failure) => handled(failure, effects),
    };
    this.#look();
  }

  /** Whether the last look failed, or could not take in all that had come. */
  isBlind(): boolean {
    return this.#failures > 0 || this.#isPartial;
  }

  /** Looks no more; resolves once the look under way, if any, has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#inbox?.close();
    await this.#looking;
  }

  #look(): void {
    this.#hasNews = true;
    if (this.#isStopped || this.#looking) return;
    clearTimeout(this.#timer);
    this.#looking = this.#lookOnce().finally(() => {
      this.#looking = undefined;
      if (!this.#isStopped) this.#timer = setTimeout(() => this.#look(), this.#waitMs());
    });
  }

  async #lookOnce(): Promise<void> {
    const { journal } = this.#effects;
    this.#hasNews = false;
    try {
      const look = await this.#lookInto();
      if (look.unknown > 0) journal('bounce-unknown', { count: String(look.unknown) });
      if (this.#failures > 0) journal('mailbox-read', { name: 'IMAP' });
      this.#isPartial = look.isPartial;
      this.#isHasty = look.isHasty;
      this.#failures = 0;
      this.#told.clear();
    } catch (error) {
      this.#inbox?.close();
      if (!this.#isStopped) this.#tell(error);
    }
  }

  async #lookInto(): Promise<Look> {
    const [{ inTime, inboxOf, openInbox }, { readBounces }] = await Promise.all([
      import('./inbox.ts'),
      import('./bounces.ts'),
    ]);
    if (!this.#inbox?.usable) {
      this.#inbox = inboxOf(this.#effects.imap);
      await openInbox(this.#inbox);
      this.#inbox.on('exists', () => this.#look());
      this.#knowWhere(this.#inbox);
    }
    const inbox = this.#inbox;
    return inTime(inbox, () => readBounces(inbox, this.#reading));
  }

  // A mailbox made anew gives its numbers to other mails.
  #knowWhere({ mailbox }: Inbox): void {
    const { uidValidity } = mailbox || {};
    if (uidValidity !== this.#validity) this.#reading.known.clear();
    this.#validity = uidValidity;
  }

  // One line for each kind of trouble, however often it comes back.
  #tell(error: unknown): void {
    const code = codeOf(error);
    this.#failures += 1;
    if (!this.#told.has(code)) this.#effects.journal('mailbox-unread', { name: 'IMAP', code });
    this.#told.add(code);
  }

  #waitMs(): number {
    if (this.#failures === 0 && (this.#hasNews || this.#isPartial)) return soonMs;
    if (this.#failures === 0) return this.#isHasty ? 5 * soonMs : everyMs;
    return Math.min(longestWaitMs, 5 * soonMs * 2 ** Math.min(this.#failures - 1, 10));
  }
}

const events = { 'sent-again': 'bounced-once', void: 'bounced-void', bounced: 'bounced' } as const;

async function handled({ id, sending, code }: Failure, effects: BounceEffects): Promise<Bounced> {
  const { outbox, hasSecond, now, journal, wake } = effects;
  const outcome = await outbox.bounce({ id, sending, at: now(), hasSecond });
  if (outcome !== 'unknown') journal(events[outcome], { id, code });
  if (outcome === 'sent-again') wake();
  return outcome;
}
