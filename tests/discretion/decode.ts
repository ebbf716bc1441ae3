// The compressed forms in which browsers keep things, opened as far as they can be: a trace must not hide in a format.
import { constants, createBrotliDecompress, createInflateRaw } from 'node:zlib';

/** A file, and every readable form of what is in it. `path` tells which formats to try. */
export async function readableForms(path: string, bytes: Buffer): Promise<Buffer[]> {
  if (bytes.subarray(0, 8).toString('latin1') === 'mozLz40\0') return [bytes, unpackLz4(bytes.subarray(12))];
  if (!/[/\\](Cache|cache2)[/\\]/i.test(path)) return [bytes];
  const opened = [inflate(bytes.subarray(bodyOffset(bytes)), 'brotli')];
  for (let at = bytes.indexOf(gzipHeader); at >= 0; at = bytes.indexOf(gzipHeader, at + 1))
    opened.push(inflate(bytes.subarray(at + 10), 'deflate'));
  return [bytes, ...(await Promise.all(opened))];
}

/** An LZ4 block, as in Firefox's session files. Source: the LZ4 block format description. */
export function unpackLz4(block: Buffer): Buffer {
  const out: number[] = [];
  let at = 0;
  const length = (nibble: number) => {
    let total = nibble;
    if (nibble < 15) return total;
    for (let more = 255; more === 255; ) {
      more = block[at++] ?? 0;
      total += more;
    }
    return total;
  };
  while (at < block.length) {
    const token = block[at++] ?? 0;
    const literals = length(token >> 4);
    for (let n = 0; n < literals; n += 1) out.push(block[at++] ?? 0);
    if (at >= block.length) break;
    const distance = block.readUInt16LE(at);
    at += 2;
    const copied = length(token & 15) + 4;
    for (let n = 0; n < copied; n += 1) out.push(out[out.length - distance] ?? 0);
  }
  return Buffer.from(out);
}

// As servers write it: without a name, so that it is ten bytes long.
const gzipHeader = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);

// Chromium's simple cache begins with a header of 24 bytes and the address; Firefox's entry begins with the body.
function bodyOffset(bytes: Buffer): number {
  const isSimpleCache = bytes.length > 24 && bytes.readBigUInt64LE(0) === 0xfcfb6d1ba7725c30n;
  return isSimpleCache ? 24 + bytes.readUInt32LE(12) : 0;
}

// Whatever comes out before the first error: an entry of a cache goes on after its body.
function inflate(body: Buffer, format: 'brotli' | 'deflate'): Promise<Buffer> {
  const stream =
    format === 'brotli'
      ? createBrotliDecompress({ chunkSize: 64 })
      : createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH });
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', () => resolve(Buffer.concat(chunks)));
    stream.on('end', () => resolve(Buffer.concat(chunks)));
    stream.end(body);
  });
}
