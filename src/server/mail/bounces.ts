// The bounces of one look into an inbox: new ones first, so many and so long at most. A mail is left where it is; one that was
// about a message of ours bears a mark, and whatever else is there is not touched.
import type { FetchMessageObject, MessageStructureObject } from 'imapflow';
import type { Bounced } from '../../rappel/outbox.ts';
import { type Failure, failureIn, type Report } from './bounce.ts';
import type { Inbox } from './inbox.ts';

/** What is done with a failure, and the mails of this inbox that need no second look, by their number there. */
export type Reading = {
  handle(failure: Failure): Promise<Bounced>;
  known: Set<number>;
  now(): number;
};

/**
 * How many bounces were about nothing of ours; whether there was more than one look takes in; whether some may have come before
 * we noted that their message has left.
 */
export type Look = { unknown: number; isPartial: boolean; isHasty: boolean };

const mark = '$UnPremierPas'; // a keyword: what a person has read or not stays theirs
const mostMails = 200;
const mostKnown = 10_000;
const longestPart = 64 * 1024;
const sinceMs = 8 * 86_400_000;

// A bounce may be faster than we note that its message has left.
const hastyMs = 10 * 60_000;

/** Looks at what came since the last look. Rejects when the inbox does not answer, or cannot be marked. */
export async function readBounces(inbox: Inbox, reading: Reading): Promise<Look> {
  const { mailbox } = inbox;
  if (!mailbox || mailbox.readOnly)
    throw Object.assign(new Error('It cannot be marked'), { code: 'READ_ONLY' });
  const isFree = mailbox.permanentFlags?.has('\\*') || mailbox.permanentFlags?.has(mark);
  const flag = isFree ? mark : '\\Seen';
  const unread = isFree ? { unKeyword: mark } : { seen: false };
  const since = new Date(reading.now() - sinceMs);
  const found = await inbox.search({ since, ...unread }, { uid: true });
  if (!found) throw Object.assign(new Error('It cannot be searched'), { code: 'SEARCH' });
  const fresh = found.filter((uid) => !reading.known.has(uid)).sort((a, b) => b - a);
  const look = { unknown: 0, isPartial: fresh.length > mostMails, isHasty: false };
  if (fresh.length === 0) return look;
  const range = fresh.slice(0, mostMails);
  const mails = await inbox.fetchAll(
    range,
    { uid: true, bodyStructure: true, internalDate: true },
    { uid: true },
  );
  if (reading.known.size > mostKnown) reading.known.clear(); // they will be looked at once more
  for (const mail of mails) {
    const outcome = await outcomeOf(mail, inbox, reading);
    if (outcome === 'unknown' && isHasty(mail, reading.now())) {
      look.isHasty = true;
      continue;
    }
    reading.known.add(mail.uid);
    if (outcome === 'unknown') look.unknown += 1;
    else if (outcome) await inbox.messageFlagsAdd(String(mail.uid), [flag], { uid: true });
  }
  return look;
}

// Undefined: no report of a failure.
async function outcomeOf(
  mail: FetchMessageObject,
  inbox: Inbox,
  { handle }: Reading,
): Promise<Bounced | undefined> {
  const report = isReport(mail.bodyStructure) ? await reportOf(mail, inbox) : undefined;
  if (!report) return undefined;
  const failure = failureIn(report);
  if (failure) return handle(failure);
  return /^Action:[ \t]*failed/im.test(report.status) ? 'unknown' : undefined;
}

function isReport(structure: MessageStructureObject | undefined): structure is MessageStructureObject {
  return (
    structure?.type === 'multipart/report' &&
    structure.parameters?.['report-type']?.toLowerCase() === 'delivery-status'
  );
}

const statusTypes = ['message/delivery-status', 'message/global-delivery-status'];
const headerTypes = [
  'text/rfc822-headers',
  'message/rfc822',
  'message/rfc822-headers',
  'message/global',
  'message/global-headers',
];

// Only the parts that we read, and their beginning: a message that came back whole stays in the mailbox.
async function reportOf(
  { uid, bodyStructure }: FetchMessageObject,
  inbox: Inbox,
): Promise<Report | undefined> {
  const parts = bodyStructure?.childNodes ?? [];
  const partOf = (types: string[]) => parts.find(({ type }) => types.includes(type))?.part;
  const [status, header] = [partOf(statusTypes), partOf(headerTypes)];
  if (!status) return undefined;
  const read = async (part: string) => textOf(await inbox.download(String(uid), part, downloading));
  return { status: await read(status), header: header ? await read(header) : '' };
}

const downloading = { uid: true, maxBytes: longestPart };

async function textOf({ content }: Awaited<ReturnType<Inbox['download']>>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of content ?? []) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('latin1');
}

function isHasty({ internalDate }: FetchMessageObject, now: number): boolean {
  return internalDate !== undefined && now - new Date(internalDate).getTime() < hastyMs;
}
