// The mailboxes that the site reads, from their settings: where bounces come, and where its test of the morning arrives.
import type { Given } from './environment.ts';
import { refuse } from './setting-error.ts';

/** A mailbox read by IMAP, always in TLS. */
export type Imap = { host: string; port: number; user: string; pass: string };

/** Bounces are read from `imap`; a request that has left is kept for `keepMs`, should it come back. */
export type Bounces = { imap: Imap; keepMs: number };

/** Where bounces are read; undefined: nobody reads them. Throws `SettingError` when a part of it is missing. */
export function bouncesFrom(given: Given): Bounces | undefined {
  const imap = imapFrom(given, '');
  if (imap && !given.SMTP_HOST) return refuse('IMAP_HOST', 'va avec SMTP_HOST');
  if (given.MAIL_TO_SECOND && !imap) return refuse('IMAP_HOST', 'obligatoire avec MAIL_TO_SECOND');
  if (given.MAIL_TO_SECOND && isSame(given.MAIL_TO_SECOND, given.MAIL_TO))
    return refuse('MAIL_TO_SECOND', 'une autre boîte que MAIL_TO');
  return imap && { imap, keepMs: given.BOUNCE_HOURS * 3_600_000 };
}

/** The mailbox of tests; undefined: nobody looks whether they arrive. Throws `SettingError` when a part of it is missing. */
export function testMailboxFrom(given: Given): Imap | undefined {
  const imap = imapFrom(given, 'TEST_');
  if (imap && !given.SMTP_HOST) return refuse('TEST_IMAP_HOST', 'va avec SMTP_HOST');
  return imap;
}

// All of it or nothing: half of a mailbox would be read by nobody, and nobody would know.
function imapFrom(given: Given, prefix: '' | 'TEST_'): Imap | undefined {
  const names = [`${prefix}IMAP_HOST`, `${prefix}IMAP_USER`, `${prefix}IMAP_PASS`] as const;
  const [host, user, pass] = names.map((name) => given[name]);
  if (!host && !user && !pass) return undefined;
  const missing = names.find((name) => !given[name]);
  if (missing) return refuse(missing, `va avec ${names.filter((name) => name !== missing).join(' et ')}`);
  return { host, port: given[`${prefix}IMAP_PORT`], user, pass } as Imap;
}

function isSame(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase();
}
