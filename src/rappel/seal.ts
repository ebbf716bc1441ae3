// Closes what must not be read by who stores it. Without the team's public key, the form at rest is AES-256-GCM
// under a secret of the environment: it protects a disk or a backup, not a machine that runs.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Message } from './message.ts';
import type { EarlierMessage } from './message-earlier.ts';

/** Closes bytes and opens them again; `open` throws when a byte was changed or the key is another. */
export type Box = { close(clear: Uint8Array): Uint8Array; open(closed: Uint8Array): Uint8Array };

/** A box for one purpose; two purposes of one secret cannot open each other's. */
export function boxFor(secret: string, purpose: string): Box {
  const key = keyFor(secret, purpose);
  return {
    close(clear) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      return Buffer.concat([nonce, cipher.update(clear), cipher.final(), cipher.getAuthTag()]);
    },
    open(closed) {
      const decipher = createDecipheriv('aes-256-gcm', key, closed.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(closed.subarray(-16));
      return Buffer.concat([decipher.update(closed.subarray(12, -16)), decipher.final()]);
    },
  };
}

/** A value as an opaque text, for an address or a hidden field. */
export function writeOpaque(value: unknown, box: Box): string {
  return Buffer.from(box.close(Buffer.from(JSON.stringify(value)))).toString('base64url');
}

/** The value in such a text; undefined when it is not ours, whatever the reason: the page says so and gives the number. */
export function readOpaque<Value>(text: string, box: Box): Value | undefined {
  try {
    return JSON.parse(Buffer.from(box.open(Buffer.from(text, 'base64url'))).toString()) as Value;
  } catch {
    return undefined;
  }
}

/** A keyed fingerprint in hexadecimal: equal texts are recognised, none can be read or guessed from it. */
export function digestFor(secret: string, purpose: string): (text: string) => string {
  const key = keyFor(secret, purpose);
  return (text) => createHmac('sha256', key).update(text).digest('hex');
}

const paddedTo = 12_288; // the fullest replacement, with its two calendars, fits: all have one length

/** Closes a message; its length is rounded up to 12 kB, because a length tells how much was said. */
export function sealMessage(message: Message, box: Box): Uint8Array {
  const clear = Buffer.from(JSON.stringify(message));
  const padding = paddedTo - (clear.length % paddedTo);
  return box.close(Buffer.concat([clear, Buffer.alloc(padding, ' ')])); // JSON ignores spaces at its end
}

/** Opens what `sealMessage` closed, in this version or an earlier one. Throws when it cannot be opened. */
export function openMessage(sealed: Uint8Array, box: Box): Message | EarlierMessage {
  return JSON.parse(Buffer.from(box.open(sealed)).toString()) as Message | EarlierMessage;
}

function keyFor(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
}
