// The mailboxes that the site reads: opened as it would, and left as they are. Where there is none, what nobody watches is said.
import type { Imap } from '../../../settings/mailboxes.ts';
import { withInbox } from '../../mail/inbox.ts';
import { troubleOf } from '../connection-error.ts';
import { type Finding, fine, toCorrect, toSee } from '../finding.ts';
import type { Machine } from '../machine.ts';

const returns = 'Retours de courriel';
const tests = 'Boîte des essais';

/** Opens the mailbox of bounces and the one of tests; nothing to say without a mail server. */
export async function checkReturns({ settings }: Machine): Promise<Finding[]> {
  const { mail, bounces, testMailbox } = settings;
  if ('folder' in mail) return [];
  return Promise.all([
    bounces ? opened(returns, bounces.imap, 'IMAP', readBy(mail.second)) : toSee(returns, unread),
    ...(testMailbox ? [opened(tests, testMailbox, 'TEST_IMAP', 'l’essai du matin y est cherché.')] : []),
  ]);
}

const unread =
  'personne ne les lit : un courriel accepté, puis refusé plus loin, ne se verrait pas. Régler IMAP_HOST (docs/courriel.md).';

function readBy(second: string | undefined): string {
  if (second) return 'ce qui revient repart vers MAIL_TO_SECOND.';
  return 'ce qui revient lève MAIL_BOUNCED ; pour une seconde boîte, régler MAIL_TO_SECOND.';
}

async function opened(what: string, imap: Imap, name: string, then: string): Promise<Finding> {
  const place = `${imap.host}:${imap.port}`;
  try {
    const isReadOnly = await withInbox(imap, async ({ mailbox }) => mailbox && mailbox.readOnly === true);
    if (isReadOnly) return toCorrect(what, `${place} ne laisse rien marquer : ouvrir la boîte en écriture.`);
    return fine(what, `${place} nous reconnaît ; ${then}`);
  } catch (error) {
    const { code, words, isCertificate } = troubleOf(error);
    if (code === 'EAUTH')
      return toCorrect(what, `${place} refuse le mot de passe. Corriger ${name}_USER et ${name}_PASS.`);
    if (isCertificate) return toCorrect(what, `${place} : ${words}. Rien n’y sera lu.`);
    return toCorrect(what, `${place} : ${words}. Vérifier ${name}_HOST, ${name}_PORT et le pare-feu.`);
  }
}
