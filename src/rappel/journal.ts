// The journal: all that this service may ever say of its work. Events with codes, ids and counts, never a word.

/** Every event that may be written, with the only details that go with it. docs/exploitation.md explains each. */
export const journalEvents = {
  'request-kept': ['id'],
  'request-duplicate': ['id'],
  'request-not-kept': ['code'],
  'cancellation-not-kept': ['code'],
  delivered: ['id', 'seconds'],
  'delivery-failed': ['id', 'code', 'attempts'],
  'erase-failed': ['id', 'code', 'attempts'],
  'bounced-once': ['id', 'code'],
  'bounced-void': ['id', 'code'],
  bounced: ['id', 'code'],
  'bounce-unknown': ['count'],
  'mailbox-unread': ['name', 'code'],
  'mailbox-read': ['name'],
  'request-unreadable': ['id', 'attempts'],
  'secret-changed': [],
  'outbox-unopened': ['code'],
  'outbox-opened': [],
  'outbox-unreadable': ['code'],
  'outbox-failed': ['code'],
  'outbox-corrupt': ['code'],
  'database-failed': ['code'],
  'morning-test-failed': ['code'],
  'morning-test-lost': [],
  'morning-test-absent': [],
  health: ['code', 'alarms'],
  flood: ['count'],
  'captcha-unknown': ['code'],
  'page-failed': ['code'],
  fault: ['code', 'at'],
} as const satisfies Record<string, readonly string[]>;

/** What may happen. */
export type JournalEvent = keyof typeof journalEvents;

/** What goes with an event: each of its details, and no other. */
export type DetailsOf<Event extends JournalEvent> = Record<(typeof journalEvents)[Event][number], string>;

/** Writes an event. It is handed to whoever has something to say; src/server/monitoring/ writes it. */
export type Journal = <Event extends JournalEvent>(event: Event, details: DetailsOf<Event>) => void;

/**
 * An error reduced to the codes that may be logged, the system's own after nodemailer's. Its message stays out: it can
 * quote what somebody typed.
 */
export function codeOf(error: unknown): string {
  const { code, originalCode, responseCode, errcode } = Object(error) as Record<string, unknown>;
  const parts = [code, originalCode, responseCode, errcode].filter((part) => isCode(String(part)));
  return [...new Set(parts)].join(' ') || 'UNKNOWN';
}

function isCode(part: string): boolean {
  return /^[A-Z0-9_]{1,40}$/.test(part);
}
