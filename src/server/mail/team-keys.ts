// The team's OpenPGP keys: they close messages for the team alone. Who stores these, this server included, cannot open them
// again.
import { createMessage, encrypt, type Key, readKeys, readMessage, type SignaturePacket } from 'openpgp';
import { SettingError } from '../../settings/setting-error.ts';
import { armourIn } from './sealed-frame.ts';

/** The team's public keys. */
export type TeamKeys = {
  /** The armoured OpenPGP message that each key's owner can open. */
  seal(clear: Uint8Array): Promise<Uint8Array>;
  /** Whether one of these keys' owners can open what was sealed: not what was closed for keys that have left the file. */
  opens(sealed: Uint8Array): Promise<boolean>;
  /** Each key with the last moment at which it can close a message, in milliseconds since 1970; undefined: for ever. */
  expiries: { fingerprint: string; expiresAt: number | undefined }[];
};

/** A key that ends in fewer days should have been followed by another already. */
export const keyNoticeDays = 30;

type TeamKey = { key: Key; fingerprint: string; expiresAt: number | undefined };

const armour = /-----BEGIN PGP ([A-Z ]+)-----[\s\S]*?-----END PGP \1-----/g;

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
    async seal(clear) {
      const { recipients, date } = await recipientsAt(now(), team);
      const sealed = await encrypt({
        message: await createMessage({ binary: clear }),
        encryptionKeys: recipients,
        date,
        format: 'armored',
      });
      return Buffer.from(sealed as string);
    },
    async opens(sealed) {
      const armoredMessage = armourIn(sealed);
      if (!armoredMessage) return true; // it will be closed for them when it leaves
      const message = await readMessage({ armoredMessage });
      const ours = team.flatMap(({ key }) => key.getKeys().map((one) => one.getKeyID().toHex()));
      return message.getEncryptionKeyIDs().some((id) => ours.includes(id.toHex()));
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
  const expiresAt = await lastUse(key);
  if (expiresAt === 'never') return refuse(`${named} : elle ne peut pas chiffrer`);
  return { key, fingerprint, expiresAt };
}

// A moment that no key's end reaches: one that can close a message then has no end.
const farFuture = Date.UTC(2200, 0);

// What a key can do changes only where one of its signatures, or what they bind, ends: we ask the library itself just
// before each of these ends, the last first. A subkey may end long before its primary, or be followed by another.
async function lastUse(key: Key): Promise<number | undefined | 'never'> {
  if (await canEncrypt(key, farFuture)) return undefined;
  for (const end of endsOf(key)) if (await canEncrypt(key, end - second)) return end;
  return 'never';
}

const second = 1000;

// The ends written in a key, the last first.
function endsOf(key: Key): number[] {
  const { directSignatures } = key as Key & { directSignatures: SignaturePacket[] }; // the types forget it
  const ofPrimary = [...directSignatures, ...key.users.flatMap((user) => user.selfCertifications)];
  const ends = [
    ...ofPrimary.flatMap((signature) => endsIn(signature, key)),
    ...key.subkeys.flatMap((subkey) => subkey.bindingSignatures.flatMap((one) => endsIn(one, subkey))),
  ];
  return [...new Set(ends)].sort((a, b) => b - a).slice(0, mostEnds);
}

const mostEnds = 100; // renewed each month for eight years

function endsIn(
  { created, keyExpirationTime, signatureExpirationTime }: SignaturePacket,
  bound: { getCreationTime(): Date },
): number[] {
  const after = (start: Date | null, seconds: number | null | undefined) =>
    start && seconds ? [start.getTime() + seconds * second] : [];
  return [...after(bound.getCreationTime(), keyExpirationTime), ...after(created, signatureExpirationTime)];
}

async function canEncrypt(key: Key, at: number): Promise<boolean> {
  return key.getEncryptionKey(undefined, new Date(at)).then(
    () => true,
    () => false,
  );
}

// When no key can be used now, the last that could, as it was then: a clock that is wrong stops nothing either.
async function recipientsAt(at: number, team: TeamKey[]): Promise<{ recipients: Key[]; date: Date }> {
  const usable = await Promise.all(team.map(({ key }) => canEncrypt(key, at)));
  const recipients = team.flatMap(({ key }, each) => (usable[each] ? [key] : []));
  if (recipients.length > 0) return { recipients, date: new Date(at) };
  const end = ({ expiresAt }: TeamKey) => expiresAt ?? farFuture;
  const [last] = team.toSorted((a, b) => end(b) - end(a)) as [TeamKey];
  return { recipients: [last.key], date: new Date(end(last) - second) };
}

function refuse(why: string): never {
  throw new SettingError(`Réglage PGP_PUBLIC_KEY_FILE : ${why}.`);
}
