// Gestures that leave, the same from a page and from a frame: a press on the link of the exit, Space on it, Escape twice
// from anywhere. What leaving does is theirs.

const twiceMs = 1000;

let escapedAt = Number.NaN; // when the last key was pressed, if it was Escape; no difference with NaN is small

/** Whether an event falls on the link of the exit. */
export function isOnExit({ target }: Event): boolean {
  return target instanceof Element && !!target.closest('#quitter');
}

/** Whether a key leaves: Space on the link, or a second Escape within a second, with no other key between. */
export function isLeavingKey(event: KeyboardEvent): boolean {
  if (event.repeat || event.isComposing) return false;
  const before = escapedAt;
  escapedAt = event.key === 'Escape' ? event.timeStamp : Number.NaN;
  return escapedAt - before < twiceMs || (event.key === ' ' && isOnExit(event));
}
