// The ways to tell: a mail through a server of its own, a program, a push service (ntfy), an address of the web. Each within
// seconds; an error is a code, never an address or what a server said.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AlertWay } from '../../settings/alert.ts';
import { isLocal } from '../../settings/exit-url.ts';
import type { AlertMessage } from './message.ts';

/** How long a telling may take, in milliseconds. */
export const tellingMs = 20_000;

/** Tells a message. Rejects, with a code, when it was not taken in time. */
export async function tell(message: AlertMessage, way: AlertWay): Promise<void> {
  if (way.by === 'mail') return mail(message, way);
  if (way.by === 'commande') return run(message, way.command);
  return post(message, way);
}

type MailWay = Extract<AlertWay, { by: 'mail' }>;

async function mail(
  { subject, text }: AlertMessage,
  { host, port, login, from, to }: MailWay,
): Promise<void> {
  const { createTransport } = await import('nodemailer'); // most looks have nothing to tell
  const secure = port === 465;
  const isHere = isLocal(host); // nothing passes a network
  const transport = createTransport({
    host,
    port,
    secure,
    name: from.split('@')[1],
    requireTLS: !isHere,
    ignoreTLS: isHere && !secure,
    ...(login ? { auth: login } : {}),
    dnsTimeout: 5_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 10_000,
  });
  const headers = { 'auto-submitted': 'auto-generated' };
  const sent = transport.sendMail({ from, to, subject, text, headers });
  await Promise.race([sent, late()]).finally(() => transport.close());
}

// A server that says a word now and then would hold us for ever.
function late(): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  setTimeout(() => reject(coded('ETIMEDOUT')), tellingMs).unref();
  return promise;
}

async function run({ subject, text }: AlertMessage, command: string): Promise<void> {
  const child = spawn(command, [subject], {
    env: { PATH: process.env.PATH },
    stdio: ['pipe', 'ignore', 'ignore'],
    timeout: tellingMs,
    killSignal: 'SIGKILL',
  });
  child.stdin.on('error', () => {}); // it may not read
  child.stdin.end(`${text}\n`);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw coded(code === null ? 'ETIMEDOUT' : `EXIT_${code}`);
}

async function post({ subject, text, facts }: AlertMessage, { by, url }: { by: string; url: string }) {
  const whole = `${subject}\n\n${text}\n`;
  const [type, body] =
    by === 'ntfy'
      ? ['text/plain; charset=utf-8', whole]
      : ['application/json', JSON.stringify({ text: whole, ...facts })];
  const headers = { 'content-type': type };
  const signal = AbortSignal.timeout(tellingMs);
  const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' }).catch(
    ({ cause, name }) => {
      throw coded(cause?.code ?? (name === 'TimeoutError' ? 'ETIMEDOUT' : 'UNKNOWN'));
    },
  );
  await answer.body?.cancel();
  if (!answer.ok) throw coded(`HTTP_${answer.status}`);
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}
