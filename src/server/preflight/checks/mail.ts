// The mail server, up to the moment before a message: reached, proven, logged in, both addresses accepted. Sends nothing.
import { TLSSocket } from 'node:tls';
import SMTPConnection, { type SMTPConnectionCustomAuthContext } from 'nodemailer/lib/smtp-connection';
import type { Smtp } from '../../../settings/mail-server.ts';
import { linkTo } from '../../mail/mailer.ts';
import { troubleOf } from '../connection-error.ts';
import { askingMs, type Finding, fine, toCorrect, toSee } from '../finding.ts';
import type { Machine } from '../machine.ts';
import { certificateNoticeDays, daysUntil } from '../renewal.ts';

const what = 'Serveur de courriel';

/** Speaks to the mail server of the settings, and takes back what it said of a message. */
export async function checkMail({ settings, now }: Machine): Promise<Finding[]> {
  const { mail } = settings;
  if ('folder' in mail) return [toCorrect(what, 'aucun. Régler SMTP_HOST.')];
  let refused: Refusal | undefined;
  const connection = new SMTPConnection({
    ...linkTo(mail),
    dnsTimeout: askingMs,
    connectionTimeout: askingMs,
    greetingTimeout: askingMs,
    socketTimeout: askingMs,
    // An authentication of our own is where nodemailer lets us choose what to say.
    customAuth: {
      ADDRESSES: async (talk) => {
        refused = await refusalIn(talk, mail);
      },
    },
  });
  try {
    const finding = await converse(connection, mail, now);
    return [refused ? refusedFinding(refused, mail) : finding];
  } catch (error) {
    return [findingFor(error, mail)];
  } finally {
    connection.close();
  }
}

async function converse(connection: SMTPConnection, smtp: Smtp, now: () => number): Promise<Finding> {
  await answered(connection, (done) => connection.connect(done));
  const socket = connection._socket;
  if (!(socket instanceof TLSSocket)) return toCorrect(what, `${placeOf(smtp)} ${inClear}`);
  const days = daysUntil(Date.parse(socket.getPeerCertificate().valid_to), now());
  const { login } = smtp;
  if (login && !connection.allowsAuth) return toCorrect(what, `${placeOf(smtp)} ${noLogin}`);
  if (login) await answered(connection, (done) => connection.login(login, done));
  await answered(connection, (done) => connection.login({ method: 'ADDRESSES' }, done));
  const answers = `${placeOf(smtp)} répond (${socket.getProtocol()}), ${login ? 'nous reconnaît' : 'sans mot de passe'}`;
  if (days < certificateNoticeDays)
    return toSee(what, `${answers} ; son certificat finit dans ${days} j : prévenir qui le tient.`);
  return fine(what, `${answers} et accepte les adresses. Ensuite : un-premier-pas essai.`);
}

const inClear = 'répond sans TLS : tout passerait en clair. Régler SMTP_REQUIRE_TLS=true.';

const noLogin =
  'ne demande pas de mot de passe sur ce port. Un autre port (587, 465), ou sans SMTP_USER ni SMTP_PASS.';

function placeOf({ host, port }: Smtp): string {
  return `${host}:${port}`;
}

// A connection that breaks between two answers says so by an event.
function answered(
  connection: SMTPConnection,
  ask: (done: (error?: Error | null) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    ask((error) => (error ? reject(error) : resolve()));
  });
}

type Refusal = { setting: string; status: number };

// RSET takes it all back: no message follows.
async function refusalIn(
  { sendCommand }: SMTPConnectionCustomAuthContext,
  smtp: Smtp,
): Promise<Refusal | undefined> {
  for (const [setting, command] of [
    ['MAIL_FROM', `MAIL FROM:<${smtp.from}>`],
    ['MAIL_TO', `RCPT TO:<${smtp.to}>`],
    ['TEST_TO', `RCPT TO:<${smtp.testTo}>`],
    ...(smtp.second ? [['MAIL_TO_SECOND', `RCPT TO:<${smtp.second}>`] as const] : []),
  ] as const) {
    const { status } = await sendCommand(command);
    if (status < 200 || status >= 300) return { setting, status };
  }
  await sendCommand('RSET');
  return undefined;
}

function refusedFinding({ setting, status }: Refusal, smtp: Smtp): Finding {
  const refuses = `${placeOf(smtp)} refuse l’adresse ${setting} (${status})`;
  if (status < 500) return toSee(what, `${refuses}, pour l’instant. Relancer dans un quart d’heure.`);
  return toCorrect(what, `${refuses}. La corriger, ou la faire accepter.`);
}

function findingFor(error: unknown, smtp: Smtp): Finding {
  const place = placeOf(smtp);
  const { code, command, responseCode: status } = Object(error) as Failure;
  const { words, isCertificate } = troubleOf(error);
  if (isCertificate) return toCorrect(what, `${place} : ${words}. Rien ne lui sera envoyé.`);
  if (status === 421) return toSee(what, `${place} ${busy}`);
  if (code === 'EAUTH')
    return status && status < 500
      ? toSee(what, `${place} ne peut pas vérifier le mot de passe (${status}), pour l’instant. ${later}`)
      : toCorrect(what, `${place} refuse le mot de passe. Corriger SMTP_USER et SMTP_PASS.`);
  if (command === 'STARTTLS')
    return toCorrect(
      what,
      `${place} n’offre pas TLS : tout passerait en clair. Un autre port, ou un autre serveur.`,
    );
  if (status && status >= 400)
    return toCorrect(what, `${place} refuse le nom « ${smtp.name} » ou cette machine (${status}). ${named}`);
  return toCorrect(what, `${place} : ${words}. Vérifier SMTP_HOST, SMTP_PORT et le pare-feu.`);
}

type Failure = { code?: string; command?: string; responseCode?: number };

const later = 'Relancer dans un quart d’heure.';
const busy = `a trop de connexions, ou s’arrête (421). ${later} Si cela dure, régler SMTP_NAME ou demander à qui le tient.`;
const named =
  'Régler SMTP_NAME sur un nom que le DNS connaît ; sinon, faire accepter cette machine par qui le tient.';
