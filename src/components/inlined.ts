// What is written into a page as it stands, told to whoever listens in this process: the build does, and leaves the hashes
// for the content policies. On a running site nobody does.
import { channel } from 'node:diagnostics_channel';

/** A script or a style of ours, and the address of its page, or `onDemand`. */
export type Inlined = { page: string; kind: 'script' | 'style'; text: string };

/** In place of an address: the pages that are rendered later, one for each visit. */
export const onDemand = 'on demand';

const inlined = channel('un-premier-pas:inlined');

/** Tells what a page holds. */
export function tellInlined(message: Inlined): void {
  inlined.publish(message);
}

/** Listens from now on. */
export function onInlined(listen: (message: Inlined) => void): void {
  inlined.subscribe((message) => listen(message as Inlined));
}
