// The mail server, from its settings; undefined when none is named.
import { isIPv4 } from 'node:net';
import type { Given } from './environment.ts';
import { readAll } from './read-all.ts';
import { refuse } from './setting-error.ts';

/** A mail server; `requireTls` refuses to speak in clear. */
export type Smtp = {
  host: string;
  port: number;
  login: { user: string; pass: string } | undefined;
  requireTls: boolean;
  /** How we greet it: strict servers refuse a name without a dot, or an address. */
  name: string;
  from: string;
  to: string;
  /** Another mailbox of the team, for what comes back from `to`. */
  second: string | undefined;
  /** The mailbox for test requests. */
  testTo: string;
};

/** The mail server that is named, if one is. Throws `SettingError` with each thing that it still needs. */
export function smtpFrom(given: Given, publicOrigin: string): Smtp | undefined {
  if (!given.SMTP_HOST) return undefined;
  const { from, to, login, requireTls } = readAll({
    from: () => given.MAIL_FROM ?? refuse('MAIL_FROM', 'obligatoire avec SMTP_HOST'),
    to: () => given.MAIL_TO ?? refuse('MAIL_TO', 'obligatoire avec SMTP_HOST'),
    login: () => loginFrom(given),
    requireTls: () => mustBeTls(given),
  });
  return {
    host: given.SMTP_HOST,
    port: given.SMTP_PORT,
    login,
    requireTls,
    name: given.SMTP_NAME ?? greetingOf(new URL(publicOrigin)),
    from,
    to,
    second: given.MAIL_TO_SECOND,
    testTo: given.TEST_TO ?? to,
  };
}

function loginFrom({ SMTP_USER: user, SMTP_PASS: pass }: Given): Smtp['login'] {
  if (!user !== !pass) return refuse('SMTP_PASS', 'va avec SMTP_USER');
  return user && pass ? { user, pass } : undefined;
}

function mustBeTls({ SMTP_REQUIRE_TLS, NODE_ENV }: Given): boolean {
  if (SMTP_REQUIRE_TLS === 'true') return true;
  return NODE_ENV === 'production' ? refuse('SMTP_REQUIRE_TLS', 'obligatoire en production') : false;
}

// The name of the site; an address is greeted in brackets (RFC 5321).
function greetingOf({ hostname }: URL): string {
  return isIPv4(hostname) ? `[${hostname}]` : hostname.replace(/^\[(?=.*:)/, '[IPv6:');
}
