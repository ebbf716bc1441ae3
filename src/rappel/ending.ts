// The last two digits of a number, with which its owner knows it again. They are sealed beside the fingerprint of the number
// and forgotten with it; no address ever holds them.
import type { ReceiveEffects } from './effects.ts';
import type { CallerPhone } from './phone.ts';

/** The last two digits of a number, sealed to be kept. */
export function sealedEnding(
  { e164 }: CallerPhone,
  { endings }: Pick<ReceiveEffects, 'endings'>,
): Uint8Array {
  return endings.close(Buffer.from(e164.slice(-2)));
}

/** Those of a request; undefined once they are forgotten, and when a disk or a key fails: a page does without. */
export async function endingOf(
  id: string,
  { outbox, endings }: Pick<ReceiveEffects, 'outbox' | 'endings'>,
): Promise<string | undefined> {
  try {
    const sealed = await outbox.ending(id);
    return sealed && Buffer.from(endings.open(sealed)).toString();
  } catch {
    return undefined; // the page then speaks of « le numéro que vous avez indiqué »
  }
}
