// A real mail server for tests: it keeps what it accepts.
import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mailbox behind a real SMTP server. */
export type Mailbox = {
  port: number;
  /** What was accepted, in order. */
  mails: ParsedMail[];
  /** The same, as bytes. */
  sources: Buffer[];
  /** Resolves once `count` e-mails have been accepted. */
  received(count: number): Promise<ParsedMail[]>;
  close(): Promise<void>;
};

/**
 * Opens a mailbox on a port (0: any). `accept` may throw to refuse a message. `tls`: what it encrypts with; without it,
 * it speaks in clear.
 */
export async function openMailbox(
  port = 0,
  accept: () => void = () => {},
  tls?: { key: Buffer; cert: Buffer },
): Promise<Mailbox> {
  const mails: ParsedMail[] = [];
  const sources: Buffer[] = [];
  const arrivals = new EventEmitter();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: tls ? [] : ['STARTTLS'],
    ...tls,
    async onData(stream, _session, done) {
      try {
        const source = await buffer(stream);
        accept();
        mails.push(await simpleParser(source));
        sources.push(source);
        done();
        arrivals.emit('mail');
      } catch (error) {
        done(error as Error);
      }
    },
  });
  server.on('error', () => {}); // a sender that is killed breaks its link
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    sources,
    async received(count) {
      while (mails.length < count) await once(arrivals, 'mail');
      return mails;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** The settings that send mail to a test mailbox. */
export function mailSettings({ port }: { port: number }): NodeJS.ProcessEnv {
  return {
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(port),
    SMTP_REQUIRE_TLS: 'false',
    MAIL_FROM: 'site@example.org',
    MAIL_TO: 'equipe@example.org',
  };
}
