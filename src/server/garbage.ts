// Dates, compressors and ciphers hold memory outside V8's heap, which V8 does not count when it decides to collect: a
// burst of forms took 500 MB where 200 are enough. So we count for it. And V8 keeps what it needed once, such as to
// start: it is given back when nobody asks for anything.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: (options?: { type: 'major'; flavor: 'last-resort' }) => void = runInNewContext('gc');

const leastWork = 100;
const leastMs = 1000; // a collection takes some twenty milliseconds of everybody's time
const quietMs = 3000;

let work = 0;
let collectedAt = 0;

const quiet = setTimeout(() => collect({ type: 'major', flavor: 'last-resort' }), quietMs).unref();

/** To be called after each form answered and each message sent; collects after many of them, in a turn of its own. */
export function countWork(): void {
  work += 1;
  quiet.refresh();
  if (work < leastWork || performance.now() - collectedAt < leastMs) return;
  work = 0;
  collectedAt = performance.now();
  setImmediate(() => collect());
}
