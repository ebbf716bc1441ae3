// The turns that this machine holds: the messages that it is sending.
import type { Turn } from './schedule.ts';

/** Held turns, each for as long as its lease lasts, on a clock that nobody sets. */
export class HeldTurns {
  readonly #held = new Map<string, { turn: Turn; until: number }>();

  /** Holds a turn for some milliseconds. */
  hold(turn: Turn, forMs: number): void {
    this.#held.set(turn.id, { turn, until: performance.now() + forMs });
  }

  /** Lets go of the turn of a message, if it is held. */
  letGo(id: string): Turn | undefined {
    const turn = this.#held.get(id)?.turn;
    this.#held.delete(id);
    return turn;
  }

  /** The turns whose lease still lasts; the others are held no more. */
  current(): Turn[] {
    for (const [id, { until }] of this.#held) if (until < performance.now()) this.#held.delete(id);
    return [...this.#held.values()].map(({ turn }) => turn);
  }
}
