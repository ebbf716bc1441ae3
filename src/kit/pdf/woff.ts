// WOFF files, unpacked: a TrueType font whose tables are deflated. fontkit reads both, but fails on the accented letters of
// a WOFF when it keeps only those in use. Source: WOFF 1.0, sections 3 to 5.
import { inflateSync } from 'node:zlib';

/** The TrueType font that a WOFF file holds. */
export function trueTypeOf(woff: Buffer): Buffer {
  const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, index) => 44 + 20 * index).map((entry) => {
    const [start = 0, deflated = 0, length = 0] = [4, 8, 12].map((field) => woff.readUInt32BE(entry + field));
    const bytes = woff.subarray(start, start + deflated);
    return { entry, length, bytes: deflated < length ? inflateSync(bytes) : bytes };
  });
  const head = Buffer.alloc(12 + 16 * tables.length);
  woff.copy(head, 0, 4, 8);
  head.writeUInt16BE(tables.length, 4); // the search fields that follow are hints, which nobody needs
  const parts: Buffer[] = [head];
  let at = head.length;
  for (const [index, { entry, length, bytes }] of tables.entries()) {
    const row = 12 + 16 * index;
    woff.copy(head, row, entry, entry + 4);
    woff.copy(head, row + 4, entry + 16, entry + 20);
    head.writeUInt32BE(at, row + 8);
    head.writeUInt32BE(length, row + 12);
    const padding = Buffer.alloc(-length & 3);
    parts.push(bytes, padding);
    at += length + padding.length;
  }
  return Buffer.concat(parts);
}
