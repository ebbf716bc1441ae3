// The e-mail itself, byte for byte the same at each attempt. From, to and subject come from here, never from a form.
import MimeNode from 'nodemailer/lib/mime-node';
import type { Outgoing } from '../../rappel/deliver.ts';
import type { Message } from '../../rappel/message.ts';

/** Two plain addresses. */
export type Addresses = { from: string; to: string };

/** What the e-mail carries: words, or an armoured OpenPGP message that only the team can open. */
export type Content = { message: Message } | { armoured: string };

/** The whole e-mail as bytes; a closed one is PGP/MIME (RFC 3156), which Thunderbird and GnuPG open. */
export function letterFor(content: Content, outgoing: Outgoing, addresses: Addresses): Promise<Buffer> {
  const type = 'armoured' in content ? closedType : 'multipart/mixed';
  const letter = new MimeNode(type, { baseBoundary: '=_', newline: 'windows' });
  letter.setHeader(headersOf(outgoing, addresses));
  if ('armoured' in content) addClosed(letter, content.armoured);
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

// A length tells how much was said: the fullest request fits, all have one length.
const paddedTo = 16_384;

/** A message as the team reads it once it has opened it; all have one length. */
export async function paddedEntity(message: Message): Promise<Uint8Array> {
  const entity = await entityOf(message);
  const missing = paddedTo - (entity.length % paddedTo);
  const line = `${' '.repeat(76)}\r\n`;
  const epilogue = line.repeat(Math.ceil(missing / line.length)).slice(-missing); // mail readers skip what follows the last part
  return Buffer.concat([entity, Buffer.from(epilogue)]);
}

// A child of a root that is never written: only a root adds a date and an id of its own.
function entityOf(message: Message): Promise<Buffer> {
  const root = new MimeNode('multipart/mixed', { baseBoundary: '=_', newline: 'windows' });
  const entity = root.createChild('multipart/mixed');
  addParts(entity, message);
  return entity.build();
}

// Both parts 7bit: the armour is ASCII already, and some readers stumble on it in base64.
function addClosed(letter: MimeNode, armoured: string): void {
  const plain = { 'Content-Transfer-Encoding': '7bit' };
  letter.createChild('application/pgp-encrypted').setHeader(plain).setContent('Version: 1\r\n');
  const body = { ...plain, 'Content-Disposition': 'inline; filename="encrypted.asc"' };
  letter.createChild('application/octet-stream; name="encrypted.asc"').setHeader(body).setContent(armoured);
}

function headersOf({ id, receivedAt, isTest }: Outgoing, { from, to }: Addresses): Record<string, string> {
  return {
    From: from,
    To: to,
    Subject: isTest ? 'Essai technique' : 'Demande',
    Date: new Date(receivedAt).toUTCString().replace('GMT', '+0000'),
    'Message-ID': `<${id}@${from.split('@').at(-1)}>`, // the same at each attempt: a mailbox can drop a copy
    'Auto-Submitted': 'auto-generated',
  };
}
