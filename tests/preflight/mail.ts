// `npm run verifier` before a mail server that something is wrong with: told in plain words, and never sent a message.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { after, test } from 'node:test';
import type { SMTPServerOptions } from 'smtp-server';
import { makeAuthority } from '../support/certificates.ts';
import { freePort } from '../support/port.ts';
import { strictGreeting } from '../support/strict-greeting.ts';
import { each, machine, skip, verified } from './cases.ts';
import { openMailServer } from './fake-services.ts';

/** A mail server like the right one but for some options, closed with the tests. */
async function mailThat(options: SMTPServerOptions): Promise<NodeJS.ProcessEnv> {
  const server = await openMailServer({ ...machine.authority.certify('DNS:localhost'), ...options });
  after(server.close);
  return { SMTP_PORT: String(server.port) };
}

const refusing = (responseCode: number) => Object.assign(new Error('Words of the server'), { responseCode });

each('a mail server that does not know us, or an address of ours, is told', [
  [
    { SMTP_PASS: 'faux' },
    /^à corriger {2}Serveur de courriel : .* refuse le mot de passe\. Corriger SMTP_USER/,
  ],
  [
    { SMTP_USER: '', SMTP_PASS: '' },
    /^à corriger {2}Serveur de courriel : .* refuse l’adresse MAIL_FROM \(530\)/,
  ],
  [
    () => mailThat({ onMailFrom: (_from, _session, done) => done(refusing(553)) }),
    /^à corriger {2}Serveur de courriel : .* refuse l’adresse MAIL_FROM \(553\)/,
  ],
  [
    () =>
      mailThat({
        onRcptTo: ({ address }, _session, done) =>
          done(address === machine.settings.MAIL_TO ? refusing(550) : null),
      }),
    /^à corriger {2}Serveur de courriel : .* refuse l’adresse MAIL_TO \(550\)/,
  ],
  [
    () =>
      mailThat({
        onRcptTo: ({ address }, _session, done) =>
          done(address === machine.settings.TEST_TO ? refusing(450) : null),
      }),
    /^à voir {6}Serveur de courriel : .* refuse l’adresse TEST_TO \(450\), pour l’instant/,
  ],
  [
    async () => ({
      ...(await mailThat({
        onRcptTo: ({ address }, _session, done) =>
          done(address === 'seconde@example.net' ? refusing(550) : null),
      })),
      ...{ MAIL_TO_SECOND: 'seconde@example.net', IMAP_HOST: 'localhost', IMAP_PORT: '9' },
      ...{ IMAP_USER: 'site', IMAP_PASS: 'motdepasse' },
    }),
    /^à corriger {2}Serveur de courriel : .* refuse l’adresse MAIL_TO_SECOND \(550\)/,
  ],
  [() => mailThat({ authOptional: true }), /^bien {8}Serveur de courriel : .* nous reconnaît/],
]);

const names: string[] = [];

each('a mail server that turns us away before any message is told with what would help', [
  [
    async () => ({ ...(await mailThat({ onConnect: strictGreeting(550) })), SMTP_NAME: 'site' }),
    /^à corriger {2}Serveur de courriel : .* refuse le nom « site » ou cette machine \(550\)\. Régler SMTP_NAME/,
  ],
  [
    () => mailThat({ onConnect: strictGreeting(550, (name) => names.push(name)) }),
    /^bien {8}Serveur de courriel/,
  ],
  [
    () => mailThat({ onConnect: (_session, done) => done(refusing(554)) }),
    /^à corriger {2}Serveur de courriel : .* refuse le nom « ligne\.example » ou cette machine \(554\)/,
  ],
  [
    () => mailThat({ onConnect: (_session, done) => done(refusing(421)) }),
    /^à voir {6}Serveur de courriel : .* a trop de connexions, ou s’arrête \(421\)/,
  ],
  [
    () => mailThat({ onAuth: (_login, _session, done) => done(refusing(454)) }),
    /^à voir {6}Serveur de courriel : .* ne peut pas vérifier le mot de passe \(454\), pour l’instant/,
  ],
  [
    () => mailThat({ disabledCommands: ['AUTH'] }),
    /^à corriger {2}Serveur de courriel : .* ne demande pas de mot de passe sur ce port/,
  ],
]);

test('the name that verifier gives is the one of the site', { skip }, () => {
  assert.deepEqual(new Set(names), new Set(['ligne.example']));
});

each('a mail server that does not prove who it is is told', [
  [
    () => mailThat({ disabledCommands: ['STARTTLS'] }),
    /^à corriger {2}Serveur de courriel : .* n’offre pas TLS/,
  ],
  [
    () => mailThat(machine.authority.certify('DNS:localhost', -2)),
    /^à corriger {2}Serveur de courriel : .* certificat est expiré/,
  ],
  [
    () => mailThat(machine.authority.certify('DNS:autre.example')),
    /^à corriger {2}Serveur de courriel : .* certificat n’est pas à ce nom/,
  ],
  [
    () => mailThat(makeAuthority().certify('DNS:localhost')),
    /^à corriger {2}Serveur de courriel : .* pas signé par une autorité connue/,
  ],
  [
    () => mailThat(machine.authority.certify('DNS:localhost', 5)),
    /^à voir {6}Serveur de courriel : .* certificat finit dans 5 j/,
  ],
]);

/** A server that takes connections and never says a word. */
async function silence(): Promise<NodeJS.ProcessEnv> {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => server.close());
  return { SMTP_PORT: String((server.address() as AddressInfo).port) };
}

each('a mail server that is not there, or says nothing, is told in time', [
  [
    async () => ({ SMTP_PORT: String(await freePort()) }),
    /^à corriger {2}Serveur de courriel : .* rien n’écoute à cette adresse/,
  ],
  [{ SMTP_HOST: 'courriel.invalid' }, /^à corriger {2}Serveur de courriel : courriel\.invalid:\d+ : .*DNS/],
  [silence, /^à corriger {2}Serveur de courriel : .* pas de réponse à temps/],
  [() => mailThat({ secure: true }), /^à corriger {2}Serveur de courriel : .* pas de réponse à temps/],
]);

test('whatever it asked, no mail server was given a message', { skip }, async () => {
  const server = await openMailServer(machine.authority.certify('DNS:localhost'));
  const { output } = await verified({ SMTP_PORT: String(server.port) });
  assert.match(output, /^bien {8}Serveur de courriel : localhost:\d+ répond \(TLSv1\.3\), nous reconnaît/m);
  assert.deepEqual([server.talks, server.messages], [1, 0]);
  await server.close();
});
