// Sending from an outbox in PostgreSQL: who has which message, and what is known of its departure (0: it has surely not left;
// 1: it is being sent; 2: an attempt ended without a clear answer).
import type { SealedRappel } from '../../../rappel/outbox.ts';
import { columns, messageOf, type Row } from './messages.ts';
import { isScheduled, type Turn } from './schedule.ts';
import type { Transaction } from './transaction.ts';

const mostOrphans = 100; // turns without a message that one look for a message clears

/**
 * Takes the next message that is due, with its turn. One that comes again while it was being sent (1) was cut by a crash:
 * nobody knows whether it left (2).
 */
export async function lease(
  transaction: Transaction,
): Promise<{ turn: Turn; message: SealedRappel } | undefined> {
  for (let orphans = 0; orphans < mostOrphans; orphans += 1) {
    const turn = await transaction.turns.take();
    if (!turn) return undefined;
    const [row] = await transaction.query<Row>(
      `UPDATE demandes.outbox SET attempts = attempts + 1, departure = CASE departure WHEN 0 THEN 1 ELSE 2 END
       WHERE id = $1 RETURNING ${columns}`,
      [turn.id],
    );
    if (row) return { turn, message: messageOf(row) };
    await transaction.turns.remove(turn.id); // a turn without a message
  }
  return undefined; // the courier asks again within a second
}

/** Gives a message back, unless another machine has it. */
export async function postpone(
  turn: Turn,
  { inMs, mayHaveLeft }: { inMs: number; mayHaveLeft: boolean },
  transaction: Transaction,
): Promise<void> {
  if (!(await transaction.turns.giveBack(turn, inMs))) return;
  await transaction.query(
    `UPDATE demandes.outbox SET unreadable = false,
       departure = CASE WHEN $2 THEN 2 WHEN departure = 1 THEN 0 ELSE departure END
     WHERE id = $1`,
    [turn.id, mayHaveLeft],
  );
}

/** Gives back a message that cannot be opened, unless another machine has it. */
export async function markUnreadable(turn: Turn, inMs: number, transaction: Transaction): Promise<void> {
  if (!(await transaction.turns.giveBack(turn, inMs))) return;
  await transaction.query(
    `UPDATE demandes.outbox SET unreadable = true, departure = CASE departure WHEN 1 THEN 0 ELSE departure END
     WHERE id = $1`,
    [turn.id],
  );
}

/**
 * Gives another turn to a message whose own has gone (a restored backup, a cleaned table): nothing waits for nobody. It may
 * have left since the backup (2).
 */
export async function reconcile(transaction: Transaction): Promise<void> {
  await transaction.lock('reconcile'); // two machines would take its new turn from each other
  const orphans = await transaction.query<{ id: string; receivedAt: number; isUnverified: boolean }>(
    `UPDATE demandes.outbox SET departure = 2 WHERE NOT ${isScheduled('outbox.id')}
     RETURNING id, received_at::float8 AS "receivedAt", is_unverified AS "isUnverified"`,
  );
  if (orphans.length === 0) return;
  await transaction.turns.remove(...orphans.map(({ id }) => id)); // cancelled by somebody
  await transaction.turns.add(...orphans);
}
