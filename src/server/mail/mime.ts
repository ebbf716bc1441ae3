// The e-mail itself, byte for byte the same at each attempt. From and to come from here, never from a form; nor does any word
// of a subject.
import MimeNode from 'nodemailer/lib/mime-node';
import type { Kind, Message } from '../../rappel/message.ts';
import { answeredIn } from '../../rappel/message-thread.ts';
import type { Envelope } from '../../rappel/outbox.ts';

/** Two plain addresses. */
export type Addresses = { from: string; to: string };

/** What anybody on the way reads of a closed e-mail. */
export type Outside = { subject: string; kind: Kind };

/** What the e-mail carries: words, or an armoured OpenPGP message that only the team can open. */
export type Content = { message: Message } | { armoured: string; outside: Outside };

/** Header fields by name. */
export type Headers = Record<string, string>;

/** The whole e-mail as bytes; a closed one is PGP/MIME (RFC 3156), which Thunderbird and GnuPG open. */
export function letterFor(content: Content, envelope: Envelope, addresses: Addresses): Promise<Buffer> {
  const isClosed = 'armoured' in content;
  const letter = new MimeNode(isClosed ? closedType : 'multipart/mixed', {
    baseBoundary: '=_',
    newline: 'windows',
  });
  const headers = isClosed
    ? outerHeaders(content.outside, envelope, addresses)
    : headersOf(content.message, envelope, addresses);
  letter.setHeader(headers);
  if (isClosed) addClosed(letter, content.armoured);
  else addParts(letter, content.message);
  return letter.build();
}

const closedType = 'multipart/encrypted; protocol="application/pgp-encrypted"';

const filenames = { PUBLISH: 'creneaux.ics', CANCEL: 'creneaux-annules.ics' };

/** Adds the text of a message and its calendars to a node of several parts. */
export function addParts(node: MimeNode, { text, calendars }: Message): void {
  node.createChild('text/plain; charset=utf-8').setContent(text);
  for (const { method, file } of calendars) {
    const type = `text/calendar; charset=utf-8; method=${method}`;
    node.createChild(type, { filename: filenames[method] }).setContent(file);
  }
}

/** The header fields of a message that anybody may read, or that only its reader sees. */
export function headersOf(message: Message, envelope: Envelope, addresses: Addresses): Headers {
  const { subject, kind, thread } = message;
  const answered = answeredIn(thread);
  return {
    ...outerHeaders({ subject, kind }, envelope, addresses),
    ...(answered ? { 'In-Reply-To': messageId(answered, addresses) } : {}),
    ...(thread.length > 0 ? { References: thread.map((one) => messageId(one, addresses)).join(' ') } : {}),
  };
}

/**
 * The header fields of a closed e-mail. Its kind stays outside, because a rule of the mailbox files by it, and opens nothing;
 * what it follows does not: whoever carries it learns no more than which mails are on one request.
 */
export function outerHeaders({ subject, kind }: Outside, envelope: Envelope, addresses: Addresses): Headers {
  return {
    From: addresses.from,
    To: addresses.to,
    Subject: subject,
    Date: new Date(envelope.receivedAt).toUTCString().replace('GMT', '+0000'),
    'Message-ID': messageId(envelope.id, addresses), // the same at each attempt: a mailbox can drop a copy
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply', // « All » would keep Exchange from telling that it refuses
    'X-Un-Premier-Pas': kind,
  };
}

/**
 * The header lines to put before a message that is sent once more, to another mailbox (RFC 5322, 3.6.6): the message is the
 * same, and what comes back tells which of the two did.
 */
export function resentLines(id: string, addresses: Addresses, at: Date): string {
  const lines = {
    'Resent-From': addresses.from,
    'Resent-To': addresses.to,
    'Resent-Date': at.toUTCString().replace('GMT', '+0000'),
    'Resent-Message-ID': messageId(`${id}.seconde`, addresses),
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

/** The Message-ID of a message of ours. */
export function messageId(local: string, { from }: Addresses): string {
  return `<${local}@${from.split('@').at(-1)}>`;
}

// Both parts 7bit: the armour is ASCII already, and some readers stumble on it in base64.
function addClosed(letter: MimeNode, armoured: string): void {
  const plain = { 'Content-Transfer-Encoding': '7bit' };
  letter.createChild('application/pgp-encrypted').setHeader(plain).setContent('Version: 1\r\n');
  const body = { ...plain, 'Content-Disposition': 'inline; filename="encrypted.asc"' };
  letter.createChild('application/octet-stream; name="encrypted.asc"').setHeader(body).setContent(armoured);
}
