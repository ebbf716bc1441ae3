// What came back and has no way left, sent to its own mailbox once more: somebody has made room there, or says so.
import type { Outbox } from './outbox.ts';
import { referenceOf } from './reference.ts';

const tooLate = 'revenue trop tard, le site ne l’a plus. À dire à l’équipe, et à qui tient la boîte.';

/** Makes all of it due again; what to tell the person on duty, a line each. Rejects when the disk refuses. */
export async function sendBack(outbox: Outbox): Promise<string[]> {
  const { again, lost } = await outbox.sendBack();
  return [
    ...(again > 0 ? [`Revenues de la boîte de l’équipe, et reparties vers elle : ${again}`] : []),
    ...lost.map((id) => `Réf. ${referenceOf(id)} : ${tooLate}`),
  ];
}
