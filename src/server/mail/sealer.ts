// The sealer of requests: it closes them for the team's OpenPGP keys, or, without any, under the secret of the environment.
import { readMessage } from 'openpgp';
import { UnreadableMessage } from '../../rappel/deliver.ts';
import type { Message } from '../../rappel/message.ts';
import { messageIn } from '../../rappel/message-earlier.ts';
import type { Envelope } from '../../rappel/outbox.ts';
import { referenceOf } from '../../rappel/reference.ts';
import { type Box, boxFor, openMessage, sealMessage } from '../../rappel/seal.ts';
import type { Addresses, Content, Outside } from './mime.ts';
import { outsideOf, protectedPart } from './protected.ts';
import { armourIn, framed, outsideIn } from './sealed-frame.ts';
import type { TeamKeys } from './team-keys.ts';

/** Closes messages, and gives back what an e-mail may carry of them. */
export type Sealer = {
  seal(message: Message, envelope: Envelope): Promise<Uint8Array>;
  /** What an e-mail may carry of sealed bytes. `UnreadableMessage`: they were changed, or closed under another secret. */
  contentOf(kept: Envelope & { sealed: Uint8Array }): Promise<Content>;
  /** Whether sealed bytes are whole; a message for the team can be told whole, not read. */
  isWhole(sealed: Uint8Array): Promise<boolean>;
};

/** What a sealer stands on. `addressesOf`: from whom and to whom a message goes, which is closed with it. */
type Means = {
  secret: string;
  team: TeamKeys | undefined;
  addressesOf(envelope: Envelope): Addresses;
};

/** A sealer. What was closed under the secret before the team had keys leaves closed for them. */
export function sealerFor({ secret, team, addressesOf }: Means): Sealer {
  const box = boxFor(secret, 'message');
  const armourFor = async (keys: TeamKeys, message: Message, envelope: Envelope) =>
    keys.seal(await protectedPart(message, envelope, addressesOf(envelope)));
  return {
    async seal(message, envelope) {
      if (!team) return sealMessage(message, box);
      return framed(await armourFor(team, message, envelope), outsideOf(message), box);
    },
    async contentOf({ sealed, ...envelope }) {
      const armoured = armourIn(sealed);
      if (armoured) return { armoured, outside: outsideIn(sealed, box) ?? unknownOutside(envelope) };
      const message = opened(sealed, box, envelope);
      if (!team) return { message };
      const armour = await armourFor(team, message, envelope);
      return { armoured: Buffer.from(armour).toString(), outside: outsideOf(message) };
    },
    async isWhole(sealed) {
      try {
        const armoredMessage = armourIn(sealed);
        if (armoredMessage) await readMessage({ armoredMessage });
        else openMessage(sealed, box);
        return true;
      } catch {
        return false; // that is the answer
      }
    },
  };
}

function unknownOutside({ id, isTest }: Envelope): Outside {
  return isTest
    ? { kind: 'essai', subject: 'Essai technique' }
    : { kind: 'demande', subject: referenceOf(id) };
}

function opened(sealed: Uint8Array, box: Box, envelope: Envelope): Message {
  try {
    return messageIn(openMessage(sealed, box), envelope);
  } catch (cause) {
    throw new UnreadableMessage('Changed, or closed under another secret', { cause });
  }
}
