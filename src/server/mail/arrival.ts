// Whether a message is in the inbox of a mailbox: what the mail server accepted may still be lost, or sorted away.
import type { Imap } from '../../settings/mailboxes.ts';
import { withInbox } from './inbox.ts';

/** Whether the inbox holds a message with this Message-ID. Rejects with an error whose code says what is in the way. */
export async function hasArrived(messageId: string, imap: Imap): Promise<boolean> {
  return withInbox(imap, async (inbox) => {
    const found = await inbox.search({ header: { 'message-id': messageId } }, { uid: true });
    return (found || []).length > 0;
  });
}
