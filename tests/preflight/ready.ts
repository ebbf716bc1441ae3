// `npm run verifier` on a machine that is ready to open, then with one thing wrong at a time.
import assert from 'node:assert/strict';
import { cpSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryFolder } from '../support/folder.ts';
import { keyFile } from '../support/team-keys.ts';
import { each, machine, skip, verified } from './cases.ts';
import { openWeb } from './fake-services.ts';
import { leading, runVerifier } from './machine.ts';

const everything = [
  'Réglages',
  'Pages construites',
  'Mentions légales',
  'Faiblesses',
  'Dossier des demandes',
  'Place sur le disque',
  'Boîte d’envoi',
  'Clé de l’équipe',
  'Serveur de courriel',
  'Alerte',
  'Horloge',
  'Adresse de sortie',
  'Adresse publique',
  'Certificat',
  'Adresse en clair',
  'Mandataire',
  'Visiteurs',
];

test('a machine that is ready: a line for each thing, nothing to correct, nothing sent, nothing kept', {
  skip,
}, async () => {
  const { output, code } = await verified();
  const things = output.split('\n').map((line) => line.split(' : ')[0]);
  assert.equal(code, 0, output);
  const alert = everything.indexOf('Alerte');
  const lines = everything.map((thing) => `bien        ${thing}`);
  assert.deepEqual(things, [
    ...lines.toSpliced(alert, 0, 'à voir      Retours de courriel'), // this machine reads no mailbox
    'à voir      Jours fériés', // nobody has said it yet
    '',
    `${everything.length} bien, 2 à voir, 0 à corriger.`,
    '',
  ]);
  assert.match(output, /Serveur de courriel : localhost:\d+ répond \(TLSv1\.3\), nous reconnaît et accepte/);
  assert.equal(machine.mail.messages, 0);
  const health = await (await fetch(`${machine.site.origin}/sante`)).json();
  assert.deepEqual([health.waiting, health.alarms], [0, []]);
  assert.deepEqual(
    readdirSync(machine.site.dataDir).filter((name) => name.startsWith('.')),
    [],
  );
});

test('a setting that cannot be used ends with code 2, named', { skip }, async () => {
  for (const name of ['OUTBOX_SECRET', 'PUBLIC_ORIGIN', 'SMTP_HOST', 'MAIL_TO']) {
    const { output, errors, code } = await verified({ [name]: '', NODE_ENV: '' });
    assert.deepEqual([output, code], ['', 2]);
    assert.match(errors, new RegExp(`^Réglage ${name} : .+\\.\\n$`));
  }
});

test('a public address in clear, an empty secret and a thin one are refused, each by its name', {
  skip,
}, async () => {
  const empty = join(temporaryFolder(), 'vide');
  writeFileSync(empty, '');
  const change = { PUBLIC_ORIGIN: 'http://ligne.example' };
  assert.match((await verified(change)).errors, /^Réglage PUBLIC_ORIGIN : https obligatoire/);
  const { errors, code } = await verified({ PGP_PUBLIC_KEY_FILE: empty, OUTBOX_SECRET: 'x'.repeat(40) });
  assert.match(errors, /^Réglage PGP_PUBLIC_KEY_FILE : fichier vide/m);
  assert.match(errors, /^Réglage OUTBOX_SECRET : trop peu de caractères différents/m);
  assert.equal(code, 2);
});

each('settings that spare the site its duties are told', [
  [{ NODE_ENV: '' }, /^à corriger {2}Réglages : NODE_ENV/],
  [{ SMTP_HOTS: 'localhost' }, /^à voir {6}Réglages : SMTP_HOTS : voulez-vous dire SMTP_HOST \?/],
  [{ MORNING_TEST: 'false' }, /^à voir {6}Réglages : pas d’essai le matin/],
]);

each('an alert that nobody set, or set wrong, or that goes through the server of the site, is told', [
  [{ ALERT_BY: '', ALERT_NAME: '', ALERT_COMMAND: '' }, /^à voir {6}Alerte : personne n’est prévenu/],
  [{ ALERT_BY: 'ntfy' }, /^à corriger {2}Alerte : Réglage ALERT_URL : obligatoire/],
  [
    {
      ALERT_BY: 'mail',
      ALERT_SMTP_HOST: 'localhost',
      ALERT_FROM: 'alerte@example.org',
      ALERT_TO: 'astreinte@example.org',
    },
    /^à corriger {2}Alerte : ALERT_SMTP_HOST est le serveur du site/,
  ],
]);

each('pages built with other settings, or not at all, are told', [
  [{ EXIT_URL: 'https://autre.example/' }, /^à corriger {2}Pages construites : .* EXIT_URL :/],
  [{ PUBLIC_ORIGIN: 'https://autre.example' }, /^à corriger {2}Pages construites : .* PUBLIC_ORIGIN :/],
  [{ DPO_CONTACT: '' }, /^à corriger {2}Mentions légales : il manque DPO_CONTACT \(/],
  [
    { PUBLISHER_PHONE: '01 99 00 12 99' },
    /^à corriger {2}Mentions légales : .* ne disent pas PUBLISHER_PHONE/,
  ],
  [{ SECURITY_CONTACT: '' }, /^à voir {6}Faiblesses : .* SECURITY_CONTACT \(/],
  [
    { SECURITY_CONTACT: 'mailto:autre@departement.example' },
    /^à corriger {2}Faiblesses : .* ne dit pas SECURITY_CONTACT :/,
  ],
  [{ SECURITY_CONTACT: 'ecrivez-nous' }, /^à corriger {2}Pages construites : Réglage SECURITY_CONTACT :/],
]);

test('a site that was not built is told', { skip }, async () => {
  const folder = temporaryFolder();
  cpSync(join(machine.folder, 'src'), join(folder, 'src'), { recursive: true });
  cpSync(join(machine.folder, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(machine.folder, 'node_modules'), join(folder, 'node_modules'));
  const { output, code } = await runVerifier(folder, machine.settings);
  assert.match(output, /^à corriger {2}Pages construites : il n’y en a pas/m);
  assert.equal(code, 1);
});

each('a key that is missing, about to end, ended or no key at all is told', [
  [{ PGP_PUBLIC_KEY_FILE: '' }, /^à voir {6}Clé de l’équipe : aucune/],
  [
    async () => ({ PGP_PUBLIC_KEY_FILE: await keyFile(400, 29) }),
    /^à voir {6}Clé .* 400 j\), …[0-9A-F]{16} \(expire dans 29 j/,
  ],
  [
    async () => ({ PGP_PUBLIC_KEY_FILE: await keyFile(400, -2) }),
    /^à corriger {2}Clé .*, …[0-9A-F]{16} \(expirée\)/,
  ],
  [async () => ({ PGP_PUBLIC_KEY_FILE: await keyFile(31) }), /^bien {8}Clé .*\(expire dans 31 j/],
  [
    { PGP_PUBLIC_KEY_FILE: join(import.meta.dirname, 'name-server.ts') },
    /^à corriger {2}Clé .* aucune clé OpenPGP/,
  ],
]);

/** A clock that is wrong by some minutes. */
function clockWrongBy(minutes: number): NodeJS.ProcessEnv {
  const CLOCK_FILE = join(temporaryFolder(), 'clock');
  writeFileSync(CLOCK_FILE, String(minutes * 60_000));
  return { CLOCK_FILE, NODE_OPTIONS: `${machine.settings.NODE_OPTIONS} --import ${wrongClock}` };
}

const wrongClock = new URL('../outages/wrong-clock.ts', import.meta.url).href;

each('a clock that is wrong, or that nothing confirms, is told', [
  [
    async () => clockWrongBy(10),
    /^à corriger {2}Horloge : .* elle avance de (599|60\d) s sur sortie\.example/,
  ],
  [async () => clockWrongBy(-10), /^à corriger {2}Horloge : .* elle retarde de (59\d|60[01]) s/],
  [async () => clockWrongBy(0.5), /^bien {8}Horloge : \d\d:\d\d à Paris, comme sortie\.example/],
  [
    () => exitThat((_request, response) => response.socket?.destroy()),
    /^à voir {6}Horloge : .* comparer à une montre/,
  ],
]);

/** Makes the exit answer something else. */
async function exitThat(answer: RequestListener): Promise<NodeJS.ProcessEnv> {
  const exit = await openWeb(machine.authority.certify('DNS:sortie.example'), answer);
  after(exit.close);
  return leading({ ...machine.web, 'https://sortie.example': exit.port });
}

const redirecting = (location: string) => () =>
  exitThat((_request, response) => response.writeHead(302, { location }).end());
const answering = (status: number) => () =>
  exitThat((_request, response) => response.writeHead(status).end());

each('an exit that does not open, or opens on a trap, is told', [
  [answering(404), /^à corriger {2}Adresse de sortie : .* répond 404/],
  [answering(403), /^à voir {6}Adresse de sortie : .* refuse cette machine \(403\)/],
  [redirecting('/accueil'), /^bien {8}Adresse de sortie : .*\(302\)/],
  [redirecting('http://sortie.example/'), /^à corriger {2}Adresse de sortie : .* en clair/],
  [redirecting('https://ligne.example/'), /^à corriger {2}Adresse de sortie : .* notre site/],
  [() => exitThat(() => {}), /^à voir {6}Adresse de sortie : .* pas de réponse à temps/],
  [
    async () =>
      leading({ ...machine.web, 'https://sortie.example': machine.web['https://ligne.example'] ?? 0 }),
    /^à corriger {2}Adresse de sortie : .* certificat n’est pas à ce nom/,
  ],
  [
    async () => leading({ 'https://ligne.example': machine.web['https://ligne.example'] ?? 0 }),
    /^à corriger {2}Adresse de sortie : .* n’existe pas dans le DNS/,
  ],
  [{ EXIT_URL: 'http://localhost/' }, /^à corriger {2}Adresse de sortie : .* n’est pas en https/],
]);

/** hCaptcha, with keys that it takes for ours or not. */
async function captchaThat(error: string): Promise<NodeJS.ProcessEnv> {
  const service = await openWeb(machine.authority.certify('DNS:hcaptcha.com'), (_request, response) => {
    response.end(JSON.stringify({ success: false, 'error-codes': [error] }));
  });
  after(service.close);
  return { ...keys, ...leading({ ...machine.web, 'https://hcaptcha.com': service.port }) };
}

const keys = { HCAPTCHA_SITEKEY: 'cle-publique', HCAPTCHA_SECRET: 'cle-secrete' };

each('hCaptcha that knows our keys, does not, or does not answer, is told', [
  [() => captchaThat('invalid-input-response'), /^bien {8}hCaptcha/],
  [() => captchaThat('invalid-input-secret'), /^à corriger {2}hCaptcha : il refuse nos clés/],
  [keys, /^à voir {6}hCaptcha : il ne répond pas \(ENOTFOUND\)/],
]);
