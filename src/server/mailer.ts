// The only room that knows nodemailer. From, to and subject come from here, never from a form.
import { randomUUID } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Round } from '../rappel/deliver.ts';
import type { Message } from '../rappel/message.ts';
import type { SealedRappel } from '../rappel/outbox.ts';
import type { Settings, Smtp } from './settings.ts';

type Opener = (sealed: Uint8Array) => Message;

/** Sends sealed messages: to the mail server, or as `.eml` files into a folder when none is set. */
export function mailerFor(mail: Settings['mail'], openSealed: Opener): Round['send'] {
  return 'folder' in mail ? folderMailer(mail.folder, openSealed) : smtpMailer(mail, openSealed);
}

function smtpMailer(smtp: Smtp, openSealed: Opener): Round['send'] {
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.port === 465,
    requireTLS: smtp.requireTls,
    ignoreTLS: !smtp.requireTls && smtp.port !== 465,
    ...(smtp.login ? { auth: smtp.login } : {}),
    dnsTimeout: 5_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  return async (sealed) => {
    await transport.sendMail(mailOf(sealed, openSealed, smtp));
  };
}

function folderMailer(folder: string, openSealed: Opener): Round['send'] {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const self = 'un-premier-pas@localhost';
  return async (sealed) => {
    const { message } = await transport.sendMail(mailOf(sealed, openSealed, { from: self, to: self }));
    const draft = join(folder, `.${randomUUID()}`);
    const file = await open(draft, 'w', 0o600);
    await file.writeFile(message).then(() => file.sync());
    await file.close();
    await rename(draft, join(folder, `${sealed.id}.eml`));
  };
}

function mailOf(
  sealed: SealedRappel,
  openSealed: Opener,
  { from, to }: { from: string; to: string },
): SendMailOptions {
  const { text, calendar } = openSealed(sealed.sealed);
  const attachment = {
    filename: 'creneaux.ics',
    contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
  };
  return {
    from,
    to,
    envelope: { from, to },
    subject: 'Nouvelle demande',
    date: new Date(sealed.receivedAt),
    messageId: `<${sealed.id}@${from.split('@').at(-1)}>`, // the same at each attempt: a mailbox can drop a copy
    headers: { 'Auto-Submitted': 'auto-generated' },
    xMailer: false,
    text,
    attachments: calendar ? [{ ...attachment, content: calendar }] : [],
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
