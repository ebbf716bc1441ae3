// Counters in memory: never more than a fixed number of them, whoever asks.

/** Counters by name. */
export type Counters = {
  /** Adds to a counter, made at its first use; what it comes to. */
  add(key: string, by: number): number;
  /** How many there are. */
  size(): number;
};

/** Room for as many places as a flood can bring before its oldest counters leave: some ten megabytes. */
export const mostCounted = 100_000;

const hourMs = 3_600_000;

/**
 * At most `most` counters. They are held in two halves: when the younger is full, or an hour old, the older one leaves.
 * So what is counted again stays, what is not is forgotten within two hours, and nobody is refused for want of room.
 */
export function countersOf(most: number): Counters {
  let [younger, older] = [new Map<string, number>(), new Map<string, number>()];
  const turn = () => {
    [younger, older] = [new Map(), younger];
  };
  setInterval(turn, hourMs).unref();
  return {
    add(key, by) {
      const count = (younger.get(key) ?? older.get(key) ?? 0) + by;
      if (!younger.has(key) && younger.size >= most / 2) turn();
      older.delete(key);
      younger.set(key, count);
      return count;
    },
    size: () => younger.size + older.size,
  };
}
