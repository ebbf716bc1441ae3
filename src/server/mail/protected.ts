// What is closed for the team: text and calendars under their true header (RFC 9788), so that subject and thread are read
// only where the message is opened.
import MimeNode from 'nodemailer/lib/mime-node';
import type { Message } from '../../rappel/message.ts';
import type { Envelope } from '../../rappel/outbox.ts';
import { type Addresses, addParts, headersOf, type Outside, outerHeaders } from './mime.ts';

// A length tells how much was said: the fullest replacement, with its two calendars, fits; all have one length.
const paddedTo = 16_384;

/** What stays outside of a message: its reference alone, or that it is one of those that nobody must act on. */
export function outsideOf({ kind, subject, reference }: Message): Outside {
  if (kind === 'essai') return { kind, subject };
  return { kind, subject: kind === 'exercice' ? `EXERCICE ${reference}` : reference };
}

/** A message with its header, ready to be closed; all have one length. */
export async function protectedPart(
  message: Message,
  envelope: Envelope,
  addresses: Addresses,
): Promise<Uint8Array> {
  const entity = await entityOf(message, envelope, addresses);
  const missing = paddedTo - (entity.length % paddedTo);
  const line = `${' '.repeat(76)}\r\n`;
  const epilogue = line.repeat(Math.ceil(missing / line.length)).slice(-missing); // mail readers skip what follows the last part
  return Buffer.concat([entity, Buffer.from(epilogue)]);
}

// `hp` is for readers that know RFC 9788, `protected-headers` for those before it. A child of a root that is never written:
// only a root adds a date and an id of its own.
async function entityOf(message: Message, envelope: Envelope, addresses: Addresses): Promise<Buffer> {
  const root = new MimeNode('multipart/mixed', { baseBoundary: '=_', newline: 'windows' });
  const entity = root.createChild('multipart/mixed; hp="cipher"; protected-headers="v1"');
  entity.setHeader(headersOf(message, envelope, addresses));
  for (const [name, value] of Object.entries(outerHeaders(outsideOf(message), envelope, addresses)))
    entity.addHeader('HP-Outer', `${name}: ${value}`);
  addParts(entity, message);
  return inCrlf(await entity.build());
}

// Only a root has its line ends made one: here the text of a child keeps its own. All of it is ASCII already.
function inCrlf(entity: Buffer): Buffer {
  return Buffer.from(entity.toString('latin1').replaceAll(/\r?\n/g, '\r\n'), 'latin1');
}
