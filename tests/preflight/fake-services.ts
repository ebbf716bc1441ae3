// What stands around a machine: web servers, a mail server that knows one password.
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Certificate } from '../support/certificates.ts';

/** The login that the mail server accepts. */
export const login = { SMTP_USER: 'site', SMTP_PASS: 'un mot de passe d’essai' };

/** Opens a web server; what it answers can be changed. */
export async function openWeb({ key, cert }: Certificate, answer: RequestListener) {
  const web = { answer, port: 0, close: () => server.close() };
  const server = createServer({ key, cert }, (request, response) => web.answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  web.port = (server.address() as AddressInfo).port;
  return web;
}

/** Opens a mail server that knows one password, and counts who speaks to it and the messages it is given. */
export async function openMailServer(options: SMTPServerOptions) {
  const seen = {
    talks: 0,
    messages: 0,
    port: 0,
    close: () => new Promise<void>((done) => server.close(done)),
  };
  const server = new SMTPServer({
    onAuth: ({ username, password }, _session, done) =>
      username === login.SMTP_USER && password === login.SMTP_PASS
        ? done(null, { user: username })
        : done(new Error('Words of the server')),
    onConnect(_session, done) {
      seen.talks += 1;
      done();
    },
    onData(_stream, _session, done) {
      seen.messages += 1;
      done();
    },
    ...options,
  });
  server.on('error', () => {}); // a client that does not believe it hangs up
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  seen.port = (server.server.address() as AddressInfo).port;
  return seen;
}
