// Sealed bytes of a message closed for the team: what its e-mail shows outside, closed under the secret of the environment
// because the disk should not tell it either, then the armour.
import type { Box } from '../../rappel/seal.ts';
import type { Outside } from './mime.ts';

// Longer than what chance could put at the start of a message closed under the secret. The first version had no frame.
const mark = new TextEncoder().encode('un-premier-pas, version 2\n');

const outsideLength = 160; // the longest fits: all have one length

/** Joins an armour and what its e-mail shows. */
export function framed(armour: Uint8Array, outside: Outside, box: Box): Uint8Array {
  const text = Buffer.from(JSON.stringify(outside));
  const padding = Buffer.alloc(Math.max(0, outsideLength - text.length), ' '); // JSON ignores spaces at its end
  const closed = box.close(Buffer.concat([text, padding]));
  const length = Buffer.alloc(2);
  length.writeUInt16BE(closed.length);
  return Buffer.concat([mark, length, closed, armour]);
}

/** The armoured message in sealed bytes, if they were closed for the team, in this version or the first. */
export function armourIn(sealed: Uint8Array): string | undefined {
  const { armour } = partsOf(sealed) ?? { armour: sealed };
  const text = Buffer.from(armour).toString('latin1');
  return text.startsWith('-----BEGIN PGP MESSAGE-----') ? text : undefined;
}

/** What the e-mail shows outside; undefined for the first version, or under another secret: the message leaves all the same. */
export function outsideIn(sealed: Uint8Array, box: Box): Outside | undefined {
  const parts = partsOf(sealed);
  if (!parts) return undefined;
  try {
    return JSON.parse(Buffer.from(box.open(parts.outside)).toString()) as Outside;
  } catch {
    return undefined;
  }
}

function partsOf(sealed: Uint8Array): { outside: Uint8Array; armour: Uint8Array } | undefined {
  const bytes = Buffer.from(sealed);
  const at = mark.length + 2;
  if (bytes.length < at || !bytes.subarray(0, mark.length).equals(mark)) return undefined;
  const end = at + bytes.readUInt16BE(mark.length);
  return { outside: bytes.subarray(at, end), armour: bytes.subarray(end) };
}
