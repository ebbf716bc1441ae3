// The mail server, up to the moment before a message: reached, proven, logged in, both addresses accepted. Sends nothing.
import { TLSSocket } from 'node:tls';
import SMTPConnection, { type SMTPConnectionCustomAuthContext } from 'nodemailer/lib/smtp-connection';
import { linkTo } from '../mailer.ts';
import type { Settings, Smtp } from '../settings.ts';
import { daysUntil, soonDays } from './days.ts';
import { askingMs, type Finding, fine, toCorrect, toSee } from './finding.ts';
import { troubleOf } from './trouble.ts';

const what = 'Serveur de courriel';

/** Speaks to the mail server of the settings, and takes back what it said of a message. */
export async function checkMail({ mail }: Settings, now: () => number): Promise<Finding[]> {
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
    return [toCorrect(what, adviceFor(error, mail))];
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
  if (login) await answered(connection, (done) => connection.login(login, done));
  await answered(connection, (done) => connection.login({ method: 'ADDRESSES' }, done));
  const told = `${placeOf(smtp)} répond (${socket.getProtocol()}), ${login ? 'nous reconnaît' : 'sans mot de passe'}`;
  if (days < soonDays.certificate)
    return toSee(what, `${told} ; son certificat finit dans ${days} j : prévenir qui le tient.`);
  return fine(what, `${told} et accepte les adresses. Ensuite : npm run boite -- essai.`);
}

const inClear = 'répond sans TLS : tout passerait en clair. Régler SMTP_REQUIRE_TLS=true.';

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
  ] as const) {
    const { status } = await sendCommand(command);
    if (status < 200 || status >= 300) return { setting, status };
  }
  await sendCommand('RSET');
  return undefined;
}

function refusedFinding({ setting, status }: Refusal, smtp: Smtp): Finding {
  const told = `${placeOf(smtp)} refuse l’adresse ${setting} (${status})`;
  if (status < 500) return toSee(what, `${told}, pour l’instant. Relancer dans un quart d’heure.`);
  return toCorrect(what, `${told}. La corriger, ou la faire accepter.`);
}

function adviceFor(error: unknown, smtp: Smtp): string {
  const place = placeOf(smtp);
  const { code, command } = Object(error) as { code?: string; command?: string };
  const { words, isCertificate } = troubleOf(error);
  if (isCertificate) return `${place} : ${words}. Rien ne lui sera envoyé.`;
  if (code === 'EAUTH') return `${place} refuse le mot de passe. Corriger SMTP_USER et SMTP_PASS.`;
  if (command === 'STARTTLS')
    return `${place} n’offre pas TLS : tout passerait en clair. Un autre port, ou un autre serveur.`;
  return `${place} : ${words}. Vérifier SMTP_HOST, SMTP_PORT et le pare-feu.`;
}
