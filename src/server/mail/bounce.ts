// A bounce, as mail servers write it (RFC 3464): which message of ours, and why, from what they say and from the header that
// they give back. Whoever forges one must know an id of ours, which only those know who carry our mail or read it.
import type { Sending } from '../../rappel/outbox.ts';

/** A sending that failed for good, and the code of the failure, such as `5.2.2`. */
export type Failure = { id: string; sending: Sending; code: string };

/** What a delivery report is made of: its status, and the header of the message that it is about, '' when it has none. */
export type Report = { status: string; header: string };

/**
 * The sending of ours that a report says has failed for good; undefined when it says something else (late, relayed, arrived), or
 * names nothing that could be ours.
 */
export function failureIn({ status, header }: Report): Failure | undefined {
  const [message = '', ...recipients] = unfolded(status).split(/\r?\n\r?\n/);
  const failed = recipients.find((fields) => /^failed\b/i.test(fieldIn(fields, 'Action')));
  if (failed === undefined) return undefined;
  const named = namedIn(unfolded(header)) ?? ours.exec(fieldIn(message, 'Original-Envelope-Id'));
  if (!named) return undefined;
  const [, id = '', second] = named;
  return { id, sending: second ? 'second' : 'first', code: codeIn(fieldIn(failed, 'Status')) };
}

// Our ids, as a Message-ID or an envelope id has them.
const ours = /^<?([0-9a-f]{32})(\.seconde)?(?:@|$)/;

function namedIn(header: string): RegExpExecArray | null {
  return ours.exec(fieldIn(header, 'Resent-Message-ID')) ?? ours.exec(fieldIn(header, 'Message-ID'));
}

function codeIn(status: string): string {
  return /^[245]\.\d{1,3}\.\d{1,3}/.exec(status)?.[0] ?? 'UNKNOWN';
}

function unfolded(fields: string): string {
  return fields.replace(/\r?\n[ \t]+/g, ' ');
}

// The first field of a name; the header of a message ends at its first empty line.
function fieldIn(fields: string, name: string): string {
  const [header = ''] = fields.trimStart().split(/\r?\n\r?\n/);
  return new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(header)?.[1]?.trim() ?? '';
}
