// The sealer of requests: it closes them for the team's OpenPGP keys, or, without any, under the secret of the environment.
import { readMessage } from 'openpgp';
import { UnreadableMessage } from '../../rappel/deliver.ts';
import type { Message } from '../../rappel/message.ts';
import type { Envelope } from '../../rappel/outbox.ts';
import { type Box, boxFor, openMessage, sealMessage } from '../../rappel/seal.ts';
import { type Content, paddedEntity } from './mime.ts';
import { armourIn, type TeamKeys } from './team-keys.ts';

/** Closes messages, and gives back what an e-mail may carry of them. */
export type Sealer = {
  seal(message: Message, envelope: Envelope): Promise<Uint8Array>;
  /** What an e-mail may carry of sealed bytes. `UnreadableMessage`: they were changed, or closed under another secret. */
  contentOf(sealed: Uint8Array): Promise<Content>;
  /** Whether sealed bytes are whole; a message for the team can be told whole, not read. */
  isWhole(sealed: Uint8Array): Promise<boolean>;
};

/** A sealer. What was closed under the secret before the team had keys leaves closed for them. */
export function sealerFor(secret: string, team: TeamKeys | undefined): Sealer {
  const box = boxFor(secret, 'message');
  return {
    seal: async (message) => (team ? team.seal(await paddedEntity(message)) : sealMessage(message, box)),
    async contentOf(sealed) {
      const armoured = armourIn(sealed);
      if (armoured) return { armoured };
      const message = opened(sealed, box);
      return team
        ? { armoured: Buffer.from(await team.seal(await paddedEntity(message))).toString() }
        : { message };
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

function opened(sealed: Uint8Array, box: Box): Message {
  try {
    return openMessage(sealed, box);
  } catch (cause) {
    throw new UnreadableMessage('Changed, or closed under another secret', { cause });
  }
}
