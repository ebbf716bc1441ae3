// Connection errors: why a machine could not be spoken to, in plain French, from a code alone. A message can quote a server,
// or a secret.
import { codeOf } from '../../rappel/journal.ts';

/** Why a connection failed. `isCertificate`: something answers, and does not prove who it is. */
export type Trouble = { code: string; words: string; isCertificate: boolean };

const unreachable = new Map([
  ['ENOTFOUND', 'ce nom n’existe pas dans le DNS'],
  ['EAI_AGAIN', 'le DNS ne répond pas'],
  ['EDNS', 'ce nom ne se trouve pas dans le DNS'],
  ['ECONNREFUSED', 'rien n’écoute à cette adresse et à ce port'],
  ['ECONNRESET', 'la connexion est coupée'],
  ['ECONNECTION', 'la connexion est coupée'],
  ['EHOSTUNREACH', 'aucun chemin n’y mène'],
  ['ENETUNREACH', 'aucun chemin n’y mène'],
  ['ETIMEDOUT', 'pas de réponse à temps'],
  ['CONNECT_TIMEOUT', 'pas de réponse à temps'],
  ['GREETING_TIMEOUT', 'pas de réponse à temps'],
  ['UNKNOWN', 'pas de réponse comprise'],
  ['ABORT_ERR', 'pas de réponse à temps'],
  ['EPROTO', 'ce qui répond ne parle pas TLS'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'ce qui répond ne parle pas TLS'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'ce qui répond ne parle pas TLS'],
]);

const unknownAuthority = 'son certificat n’est pas signé par une autorité connue de cette machine';

const certificates = new Map([
  ['CERT_HAS_EXPIRED', 'son certificat est expiré, ou l’horloge de cette machine est fausse'],
  ['CERT_NOT_YET_VALID', 'son certificat ne vaut pas encore, ou l’horloge de cette machine est fausse'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'son certificat n’est pas à ce nom'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', unknownAuthority],
  ['SELF_SIGNED_CERT_IN_CHAIN', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownAuthority],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownAuthority],
]);

/** Reads an error of a connection; nodemailer keeps the system's own code beside its own. */
export function troubleOf(error: unknown): Trouble {
  const { originalCode } = Object(error) as { originalCode?: unknown };
  const code = originalCode === undefined ? codeOf(error) : codeOf({ code: originalCode });
  const certificate = certificates.get(code);
  return {
    code,
    words: certificate ?? unreachable.get(code) ?? `erreur ${code}`,
    isCertificate: certificate !== undefined,
  };
}
