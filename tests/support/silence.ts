// A sound that a player plays, and that nobody hears.

/** An MP3 of so many seconds without a sound: mono, 44.1 kHz, 32 kbit/s. */
export function silence(seconds: number): Buffer {
  const frame = Buffer.alloc(104); // 1152 samples, all zero
  frame.set([0xff, 0xfb, 0x10, 0xc4]); // MPEG 1, layer III
  return Buffer.concat(Array(Math.ceil((seconds * 44_100) / 1152)).fill(frame));
}
