// The mailer: it hands an e-mail to the mail server, or to a folder when none is set.
import { randomUUID } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { DeliveryEffects, Outgoing } from '../../rappel/deliver.ts';
import type { Smtp } from '../../settings/mail-server.ts';
import type { Settings } from '../../settings/settings.ts';
import { type Addresses, letterFor, resentLines } from './mime.ts';
import type { Sealer } from './sealer.ts';

/**
 * Sends sealed messages: to the mail server, or as `.eml` files into a folder when none is set. `isWatched`: somebody reads
 * what comes back.
 */
export function mailerFor(
  mail: Settings['mail'],
  sealer: Sealer,
  isWatched: boolean,
): DeliveryEffects['send'] {
  const write = async (outgoing: Outgoing, addresses: Addresses) =>
    letterFor(await sealer.contentOf(outgoing), outgoing, addresses);
  return 'folder' in mail ? folderMailer(mail.folder, write) : smtpMailer(mail, write, isWatched);
}

type Write = (outgoing: Outgoing, addresses: Addresses) => Promise<Buffer>;

function smtpMailer(smtp: Smtp, write: Write, isWatched: boolean): DeliveryEffects['send'] {
  const transport = createTransport({
    pool: true, // a link stays open for the next message: after an outage, thousands may follow
    maxConnections: 1,
    maxRequeues: 0, // our outbox alone decides what is sent again
    ...linkTo(smtp),
    ...(smtp.login ? { auth: smtp.login } : {}),
    dnsTimeout: 5_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  return async (outgoing) => {
    const addresses = addressesIn(smtp, outgoing);
    const letter = await write(outgoing, addresses);
    const dsn = isWatched ? { dsn: returnOf(outgoing) } : {};
    const second = outgoing.isSecond ? smtp.second : undefined;
    if (!second) return void (await transport.sendMail({ envelope: addresses, raw: letter, ...dsn }));
    const again = { from: addresses.from, to: second };
    const lines = Buffer.from(resentLines(outgoing.id, again, new Date()));
    await transport.sendMail({ envelope: again, raw: Buffer.concat([lines, letter]), ...dsn });
  };
}

// What comes back should say that it failed, under our own id, and carry the header alone: nobody's words in another mailbox.
function returnOf({ id, isSecond }: Outgoing) {
  return { id: isSecond ? `${id}.seconde` : id, return: 'headers' as const, notify: 'failure' };
}

/** From whom, and to which mailbox, a message goes. */
export function addressesIn(
  mail: Settings['mail'],
  { isTest }: { isTest?: boolean | undefined } = {},
): Addresses {
  if ('folder' in mail) return { from: ofFolder, to: ofFolder };
  return { from: mail.from, to: isTest ? mail.testTo : mail.to };
}

const ofFolder = 'un-premier-pas@localhost';

/**
 * How a mail server is spoken to: greeted by our name, TLS from the start on port 465, else STARTTLS, or in clear where the
 * settings allow it.
 */
export function linkTo({ host, port, name, requireTls }: Smtp) {
  const secure = port === 465;
  return { host, port, name, secure, requireTLS: requireTls, ignoreTLS: !requireTls && !secure };
}

function folderMailer(folder: string, write: Write): DeliveryEffects['send'] {
  return async (outgoing) => {
    const draft = join(folder, `.${randomUUID()}`);
    const file = await open(draft, 'w', 0o600);
    await file.writeFile(await write(outgoing, addressesIn({ folder }))).then(() => file.sync());
    await file.close();
    await rename(draft, join(folder, `${outgoing.id}.eml`));
  };
}
