// A mail server that answers and refuses, in the way that a test chooses, and counts who knocks.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { strictGreeting } from '../support/strict-greeting.ts';

/** How it refuses: at the greeting, at the name, at TLS, at the login, at the recipient, after the message; or not at all. */
export type Manner = 'busy' | 'name' | 'no-tls' | 'login' | 'recipient' | 'content' | 'nothing';

/** A running server; `manner` may be changed. */
export type RefusingMailbox = {
  port: number;
  manner: Manner;
  /** Links, logins, recipients offered, messages accepted. */
  seen: { links: number; logins: number; offers: number; accepted: string[] };
  close(): Promise<void>;
};

/** Opens it; with a certificate it offers TLS. */
export async function openRefusingMailbox(
  manner: Manner,
  tls?: { key: Buffer; cert: Buffer },
): Promise<RefusingMailbox> {
  const seen = { links: 0, logins: 0, offers: 0, accepted: [] as string[] };
  const refusal = (responseCode: number) => Object.assign(new Error('Words of the server'), { responseCode });
  const unless = (refused: Manner, code: number) => (mailbox.manner === refused ? refusal(code) : null);
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: tls ? [] : ['STARTTLS'],
    ...tls,
    onConnect(session, done) {
      seen.links += 1;
      if (mailbox.manner === 'name') strictGreeting(550).call(server, session, done);
      else done(unless('busy', 421));
    },
    onAuth(_login, _session, done) {
      seen.logins += 1;
      const refused = unless('login', 535);
      if (refused) done(refused);
      else done(null, { user: 'site' });
    },
    onRcptTo(_address, _session, done) {
      seen.offers += 1;
      done(unless('recipient', 550));
    },
    onData(stream, _session, done) {
      let source = '';
      stream.on('data', (chunk) => {
        source += chunk;
      });
      stream.once('end', () => {
        const refused = unless('content', 552);
        if (!refused) seen.accepted.push(/^Message-ID: <([0-9a-f]{32})@/im.exec(source)?.[1] ?? '');
        done(refused);
      });
    },
  });
  server.on('error', () => {}); // links that are cut are the point
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const mailbox = { port, manner, seen, close: () => new Promise<void>((done) => server.close(done)) };
  return mailbox;
}
