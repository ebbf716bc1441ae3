// The inbox of a mailbox, read by IMAP: TLS always, its certificate proved, and nothing that lasts longer than it may.
import { ImapFlow } from 'imapflow';
import type { Imap } from '../../settings/mailboxes.ts';

/** How long to connect, to greet, and to do one piece of work may take. */
const answerMs = 10_000;
const workMs = 30_000;

const idleAfterMs = 500; // then the server tells what arrives

const startsInClear = 143;

/** An open inbox; whatever of it breaks, its work rejects. */
export type Inbox = ImapFlow;

/** The inbox of a mailbox, to be opened; `close` ends it, at any time. */
export function inboxOf({ host, port, user, pass }: Imap): Inbox {
  const secure = port !== startsInClear;
  const inbox = new ImapFlow({
    ...{ host, port, secure, auth: { user, pass }, logger: false },
    ...(secure ? {} : { doSTARTTLS: true }),
    tls: { rejectUnauthorized: true },
    ...{
      connectionTimeout: answerMs,
      greetingTimeout: answerMs,
      socketTimeout: 2 * workMs,
      maxIdleTime: workMs,
      autoIdleDelay: idleAfterMs,
    },
  });
  inbox.on('error', () => {}); // the work under way rejects with it
  return inbox;
}

/** Opens an inbox. Rejects with what is in the way, and it is closed then. */
export async function openInbox(inbox: Inbox): Promise<void> {
  try {
    await inTime(inbox, async () => {
      await inbox.connect();
      await inbox.mailboxOpen('INBOX');
    });
  } catch (error) {
    inbox.close();
    throw error;
  }
}

/** Does some work in an inbox; what takes too long is cut with its link. Rejects with an error whose code may be written. */
export async function inTime<Result>(inbox: Inbox, work: () => Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(Object.assign(new Error('No answer in time'), { code: 'ETIMEDOUT' }));
    inbox.close();
  }, workMs);
  try {
    return await Promise.race([work(), promise]);
  } catch (error) {
    throw Object.assign(new Error('The inbox', { cause: error }), { code: codeIn(error) });
  } finally {
    clearTimeout(timer);
  }
}

/** Does some work in an inbox opened for it alone. */
export async function withInbox<Result>(
  imap: Imap,
  work: (inbox: Inbox) => Promise<Result>,
): Promise<Result> {
  const inbox = inboxOf(imap);
  try {
    await openInbox(inbox);
    return await inTime(inbox, () => work(inbox));
  } finally {
    inbox.close();
  }
}

// Why an inbox could not be read, as a code that may be written: never what the server said.
function codeIn(error: unknown): string {
  const { authenticationFailed, code } = Object(error) as { authenticationFailed?: boolean; code?: unknown };
  if (authenticationFailed) return 'EAUTH';
  return typeof code === 'string' && /^[A-Za-z\d_]{1,40}$/.test(code) ? code.toUpperCase() : 'UNKNOWN';
}
