// The codes that events are counted under. A closed list: each has its series at zero from the start, so that
// `increase()` sees a first failure; any other is counted as `OTHER`, and the journal has it whole.
import { type JournalEvent, journalEvents } from '../../rappel/journal.ts';

/** What a code that is on no list is counted as. */
export const other = 'OTHER';

const database = ['ECONNREFUSED', 'ETIMEDOUT', '57P03', '28P01', '28000', '3D000', 'UNKNOWN'];
const store = ['ERR_SQLITE_ERROR', ...database];
const mail = ['EAUTH', 'ETLS', 'ESOCKET', 'ECONNECTION', 'EPROTOCOL', 'EENVELOPE', 'EMESSAGE', 'EDNS'];
const bounce = ['5.1.1', '5.2.2', '5.4.1', '5.7.1', 'UNKNOWN']; // RFC 3463

/** Events that are counted and not written. */
const unwritten = {
  'form-held': ['too-many', 'to-verify', 'not-verified', 'small-page'],
  'not-accepted': ['EMFILE', 'ENFILE'],
};

const known: Record<string, string[]> = {
  ...unwritten,
  'request-not-kept': ['OVERTAKEN', 'ENOSPC', ...store],
  'cancellation-not-kept': ['OVERTAKEN', 'ENOSPC', ...store],
  'delivery-failed': [...mail, 'ETIMEDOUT', 'UNKNOWN'],
  'erase-failed': store,
  'bounced-once': bounce,
  'bounced-void': bounce,
  bounced: bounce,
  'mailbox-unread': ['EAUTH', 'READ_ONLY', 'ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'UNKNOWN'],
  'outbox-unopened': store,
  'outbox-unreadable': store,
  'outbox-failed': store,
  'outbox-corrupt': ['MOVED_ASIDE'],
  'database-failed': database,
  'morning-test-failed': store,
  health: ['DEGRADED', 'RED'],
  'captcha-unknown': ['KEYS_REFUSED'],
} satisfies Partial<Record<JournalEvent | keyof typeof unwritten, string[]>>;

/** Every series of the counter of events: an event, and one of its codes, empty for an event without one. */
export const series: { event: string; code: string }[] = [
  ...Object.entries(journalEvents).flatMap(([event, details]: [string, readonly string[]]) =>
    seriesOf(event, details.includes('code')),
  ),
  ...Object.keys(unwritten).flatMap((event) => seriesOf(event, true)),
];

const withCode = new Set(series.flatMap(({ event, code }) => (code ? [event] : [])));

/** What an event is counted under: the first word of its code, where it is on the list. */
export function countedCode(event: string, code: string | undefined): string {
  if (!withCode.has(event)) return '';
  const [first = ''] = (code ?? '').split(' ');
  return known[event]?.includes(first) ? first : other;
}

function seriesOf(event: string, hasCode: boolean): { event: string; code: string }[] {
  const codes = hasCode ? [...(known[event] ?? []), other] : [''];
  return codes.map((code) => ({ event, code }));
}
