// What an outbox in a file of SQLite remembers of requests, to know one that comes again: forms, numbers, and what took the
// place of what.
import {
  type Fingerprints,
  type Kept,
  type Mark,
  type Recognised,
  recognise,
} from '../../../rappel/recognise.ts';
import type { Statements } from './statements.ts';

/** The request kept under a fingerprint, if any. */
export function find(mark: Mark | undefined, run: Statements): Kept | undefined {
  const form = mark && (run.find.get(mark.key, mark.since) as Kept | undefined);
  return form && { ...form };
}

/** What a form is, as the file holds it now. */
export function recognised(form: Fingerprints, run: Statements): Recognised {
  const [own, place, anywhere] = [form.own, form.place, form.anywhere].map((mark) => find(mark, run));
  return recognise(form, { own, place, anywhere, changed: form.changes && latest(form.changes, run) });
}

/** The request that stands where `id` stood, to the last. */
export function latest(id: string, run: Statements): string {
  return (run.replacedBy.get(id)?.by as string | undefined) ?? id;
}

/** The requests that share a message with `id`. */
export function others(id: string, run: Statements): string[] {
  return run.others.all(id).map((other) => other.id as string);
}

/** The requests kept for a number, the newest first. */
export function given({ key, since }: Mark, except: string | undefined, run: Statements): string[] {
  return run.given.all(key, since, except ?? '').map(({ id }) => id as string);
}

/** Keeps a request under fingerprints, in place of what was there. */
export function remember(
  marks: (Mark | undefined)[],
  { id, content, receivedAt }: Kept,
  run: Statements,
): void {
  for (const mark of marks) if (mark) run.remember.run(mark.key, id, content, receivedAt);
}

/** The sealed ending of a request, if it is still remembered. */
export function ending(id: string, run: Statements): Uint8Array | undefined {
  return (run.ending.get(id)?.ending as Uint8Array | null | undefined) ?? undefined;
}

/** Forgets a request's fingerprints: the same words are a new request. True when it was a duplicate. */
export function forgetForm(id: string, run: Statements): boolean {
  run.forgetForm.run(id);
  return run.forgetDuplicate.run(id).changes > 0;
}
