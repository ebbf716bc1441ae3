// Closes messages for the team alone, with OpenPGP: who stores them, this server included, cannot open them again.
import MimeNode from 'nodemailer/lib/mime-node';
import { createMessage, encrypt, type Key, readKeys } from 'openpgp';
import type { Message } from '../rappel/message.ts';
import { addParts } from './letter.ts';
import { SettingError } from './settings.ts';

/** The team's public keys. */
export type TeamKeys = {
  /** The armoured OpenPGP message that each key's owner can open; all have one length. */
  seal(message: Message): Promise<Uint8Array>;
  /** Each key with the time at which it expires, in milliseconds since 1970; undefined: never. */
  expiries: { fingerprint: string; expiresAt: number | undefined }[];
};

type TeamKey = { key: Key; fingerprint: string; expiresAt: number | undefined };

const armour = /-----BEGIN PGP ([A-Z ]+)-----[\s\S]*?-----END PGP \1-----/g;

// A length tells how much was said: the fullest request fits, all have one length.
const paddedTo = 12_288;

/**
 * Reads one or several armoured public keys. Throws `SettingError` when there is none, when one is private, revoked, or
 * cannot encrypt. An expired key is not refused, because a line without requests would hurt more: messages are closed for
 * the keys that are valid at `now()`, or, when none is any more, for the one that expired last.
 */
export async function readTeamKeys(text: string, now: () => number): Promise<TeamKeys> {
  const blocks = text.match(armour) ?? refuse('aucune clé OpenPGP dans le fichier');
  if (/BEGIN PGP PRIVATE/.test(text)) refuse('une clé privée : seule la clé publique doit venir ici');
  const keys = (await Promise.all(blocks.map((armoredKeys) => readBlock(armoredKeys)))).flat();
  const team = await Promise.all(keys.map(teamKey));
  return {
    expiries: team.map(({ fingerprint, expiresAt }) => ({ fingerprint, expiresAt })),
    async seal(message) {
      const text = await padded(message);
      const { recipients, date } = recipientsAt(now(), team);
      const sealed = await encrypt({
        message: await createMessage({ binary: text }),
        encryptionKeys: recipients,
        date,
        format: 'armored',
      });
      return Buffer.from(sealed as string);
    },
  };
}

async function readBlock(armoredKeys: string): Promise<Key[]> {
  try {
    return await readKeys({ armoredKeys });
  } catch {
    return refuse('une clé OpenPGP illisible');
  }
}

async function teamKey(key: Key): Promise<TeamKey> {
  const fingerprint = key.getFingerprint().toUpperCase();
  const named = `clé ${fingerprint.slice(-16)}`;
  if (await key.isRevoked()) refuse(`${named} révoquée`);
  const valid = await lastValid(key);
  try {
    const encryption = await key.getEncryptionKey(undefined, valid);
    const ends = await Promise.all([key.getExpirationTime(), encryption.getExpirationTime()]);
    const times = ends.map((end) => Number(end)).filter(Number.isFinite);
    return { key, fingerprint, expiresAt: times.length ? Math.min(...times) : undefined };
  } catch {
    return refuse(`${named} : elle ne peut pas chiffrer`);
  }
}

// A moment at which the key was surely good, to look at an expired one.
async function lastValid(key: Key): Promise<Date> {
  const end = Number(await key.getExpirationTime());
  return new Date(Math.min(Date.now(), end - 1000));
}

function recipientsAt(at: number, team: TeamKey[]): { recipients: Key[]; date: Date } {
  const end = ({ expiresAt }: TeamKey) => expiresAt ?? Number.POSITIVE_INFINITY;
  const valid = team.filter((one) => end(one) > at);
  if (valid.length > 0) return { recipients: valid.map(({ key }) => key), date: new Date(at) };
  const [last] = team.toSorted((a, b) => end(b) - end(a)) as [TeamKey];
  return { recipients: [last.key], date: new Date(end(last) - 1000) };
}

async function padded(message: Message): Promise<Uint8Array> {
  const entity = await entityOf(message);
  const missing = paddedTo - (entity.length % paddedTo);
  const line = `${' '.repeat(76)}\r\n`;
  const epilogue = line.repeat(Math.ceil(missing / line.length)).slice(-missing); // mail readers skip what follows the last part
  return Buffer.concat([entity, Buffer.from(epilogue)]);
}

// A child of a root that is never written: only a root adds a date and an id of its own.
function entityOf(message: Message): Promise<Buffer> {
  const root = new MimeNode('multipart/mixed', { baseBoundary: '=_', newline: 'windows' });
  const entity = root.createChild('multipart/mixed');
  addParts(entity, message);
  return entity.build();
}

function refuse(why: string): never {
  throw new SettingError(`Réglage PGP_PUBLIC_KEY_FILE : ${why}.`);
}
