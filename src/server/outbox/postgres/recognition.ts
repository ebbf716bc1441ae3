// What an outbox in PostgreSQL remembers of requests, to know one that comes again: forms, numbers, and what took the place
// of what.
import { linkedMs, mostListed } from '../../../rappel/outbox.ts';
import {
  type Fingerprints,
  type Kept,
  type Mark,
  type Recognised,
  recognise,
} from '../../../rappel/recognise.ts';
import type { Reader } from './transaction.ts';

/** The request kept under each fingerprint, if any. */
export async function findAll(marks: (Mark | undefined)[], { query }: Reader): Promise<(Kept | undefined)[]> {
  const keys = marks.flatMap((mark) => mark?.key ?? []);
  const forms = await query<Kept & { key: string }>(
    `SELECT key, id, received_at::float8 AS "receivedAt", content FROM demandes.forms WHERE key = ANY ($1)`,
    [keys],
  );
  return marks.map((mark) => {
    const form = mark && forms.find(({ key, receivedAt }) => key === mark.key && receivedAt > mark.since);
    return form && { id: form.id, receivedAt: form.receivedAt, content: form.content };
  });
}

/** What a form is, as tables hold it now. */
export async function recognised(form: Fingerprints, reader: Reader): Promise<Recognised> {
  const [own, place, anywhere] = await findAll([form.own, form.place, form.anywhere], reader);
  return recognise(form, {
    own,
    place,
    anywhere,
    changed: form.changes && (await latest(form.changes, reader)),
  });
}

/** The request that stands where `id` stood, to the last. */
export async function latest(id: string, { query }: Reader): Promise<string> {
  const [next] = await query<{ by: string }>('SELECT by FROM demandes.replaced WHERE id = $1', [id]);
  return next?.by ?? id;
}

/** The requests that share a message with `id`. */
export async function others(id: string, { query }: Reader): Promise<string[]> {
  const same = await query<{ id: string }>(
    `SELECT first AS id FROM demandes.duplicates WHERE id = $1
     UNION ALL SELECT id FROM demandes.duplicates WHERE first = $1 LIMIT ${mostListed.others}`,
    [id],
  );
  return same.map((other) => other.id);
}

/** The requests kept for a number, the newest first. */
export async function given(
  { key, since }: Mark,
  except: string | undefined,
  { query }: Reader,
): Promise<string[]> {
  const newest = await query<{ id: string }>(
    `SELECT id FROM demandes.phones WHERE phone = $1 AND at > $2 AND id <> $3
     ORDER BY at DESC LIMIT ${mostListed.given}`,
    [key, since, except ?? ''],
  );
  return newest.map(({ id }) => id);
}

/** Keeps a request under fingerprints, in place of what was there. */
export async function remember(
  marks: Mark[],
  { id, content, receivedAt }: Kept,
  { query }: Reader,
): Promise<void> {
  await query(
    `INSERT INTO demandes.forms SELECT key, $2, $3, $4 FROM unnest($1::text[]) AS key
     ON CONFLICT (key) DO UPDATE SET (id, content, received_at) = ($2, $3, $4)`,
    [marks.map(({ key }) => key), id, content, receivedAt],
  );
}

/** The sealed ending of a request, if it is still remembered. */
export async function ending(id: string, { query }: Reader): Promise<Uint8Array | undefined> {
  const [kept] = await query<{ ending: Uint8Array | null }>(
    `SELECT ending FROM demandes.phones WHERE id = $1
     UNION ALL SELECT ending FROM demandes.duplicates WHERE id = $1 LIMIT 1`,
    [id],
  );
  return kept?.ending ?? undefined;
}

/**
 * Forgets a request's fingerprints: what a duplicate said is said no more, the same words are new again, from anywhere. True
 * when it was a duplicate.
 */
export async function forgetForm(id: string, { query }: Reader): Promise<boolean> {
  await query(
    `DELETE FROM demandes.forms WHERE id = $1
     OR (key = content AND id IN (SELECT first FROM demandes.duplicates WHERE id = $1))`,
    [id],
  );
  const gone = await query('DELETE FROM demandes.duplicates WHERE id = $1 RETURNING id', [id]);
  return gone.length > 0;
}

/** Forgets all that was remembered before a time. */
export async function forget(before: number, { query }: Reader): Promise<void> {
  await query('DELETE FROM demandes.forms WHERE received_at < $1', [before]);
  await query('DELETE FROM demandes.phones WHERE at < $1', [before]);
  await query('UPDATE demandes.duplicates SET ending = NULL WHERE at < $1 AND ending IS NOT NULL', [before]);
  for (const links of ['replaced', 'withdrawn', 'duplicates'])
    await query(`DELETE FROM demandes.${links} WHERE at < $1`, [before - linkedMs]);
}
