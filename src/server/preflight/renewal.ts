// Renewal delays: how much time is left before something ends, and how much is too little.

/** Below these days, a certificate should have been renewed already. */
export const certificateNoticeDays = 14;

/** Whole days from an instant to another; negative once it has passed. */
export function daysUntil(end: number, now: number): number {
  return Math.floor((end - now) / 86_400_000);
}
