// How mails tie together, so that a mailbox keeps persons apart and puts a cancellation beside its request. Each reference
// has a root that no mail bears: who knows the reference alone ties in too.
import { referenceOf } from './reference.ts';

const root = 'demande-';

/** The root of all that concerns a reference. */
export function rootOf(reference: string): string {
  return `${root}${reference.replace(' ', '-')}`;
}

/** What a mail on some requests follows, the oldest first: of each its root, then its own mail. */
export function threadOf(ids: readonly string[]): string[] {
  return ids.flatMap((id) => [rootOf(referenceOf(id)), id]);
}

/** The mail that is answered in a thread: the last that is not a root. */
export function answeredIn(thread: readonly string[]): string | undefined {
  return thread.findLast((one) => !one.startsWith(root));
}
