// Dates, compressors and ciphers hold memory outside V8's heap, which V8 does not count when it decides to collect: a
// burst of forms took 500 MB where 200 are enough. So we count for it.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const between = 100; // a collection takes some twenty milliseconds

let done = 0;

/** To be called after each form answered and each message sent; collects after many of them, in a turn of its own. */
export function countWork(): void {
  done += 1;
  if (done % between === 0) setImmediate(collect);
}
