// What takes a request back from a page that stayed open: a second sealed token, in the page and never in an address. It holds
// the dates as they were sent to the team, whatever becomes of its hours meanwhile.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { changeableMinutes, type Outcome } from './outcome.ts';
import type { Box } from './seal.ts';
import type { SlotDate } from './slots.ts';

/** A request that may still be taken back; `dates` are those at which a call is allowed, in time order. */
export type Cancellable = Pick<Outcome, 'id' | 'receivedAt'> & { dates: SlotDate[] };

/** The last instant at which a page takes its request back: the first moment begins, or thirty minutes are over. */
export function cancellableUntil({ receivedAt, dates }: Pick<Cancellable, 'receivedAt' | 'dates'>): Date {
  const begins = dates.at(0)?.from.getTime() ?? 0;
  return new Date(Math.max(begins, receivedAt + changeableMinutes * 60_000));
}

/** A cancellable request as an opaque text for a hidden field. */
export function writeCancellable(request: Cancellable, box: Box): string {
  const clear = deflateRawSync(JSON.stringify(request)); // fifteen dates say much twice
  return Buffer.from(box.close(clear)).toString('base64url');
}

/** The request in such a text, however old; undefined when it is none of ours. */
export function readCancellable(text: string, box: Box): Cancellable | undefined {
  try {
    const clear = inflateRawSync(box.open(Buffer.from(text, 'base64url')), { maxOutputLength: longest });
    const { id, receivedAt, dates } = JSON.parse(clear.toString()) as Written;
    return {
      id,
      receivedAt,
      dates: dates.map((one) => ({ ...one, from: new Date(one.from), to: new Date(one.to) })),
    };
  } catch {
    return undefined; // not ours, whatever the reason
  }
}

const longest = 64 * 1024;

type Written = Omit<Cancellable, 'dates'> & { dates: Textual<SlotDate>[] };

// As JSON holds it.
type Textual<Value> = { [Key in keyof Value]: Value[Key] extends Date ? string : Value[Key] };
