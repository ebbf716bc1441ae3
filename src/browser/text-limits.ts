// What is left of a text that has a limit, said in its last quarter only, and once the fingers rest: nobody hears a number
// at each key. Nothing is cut; without this script the server says it.

const restMs = 700;

/** Follows the fields that have a limit. */
export function start(): void {
  let resting: ReturnType<typeof setTimeout>;
  addEventListener('input', ({ target }) => {
    const { value, dataset, nextElementSibling: place } = target as HTMLInputElement;
    const limit = Number(dataset.limite);
    if (!limit || !place) return;
    clearTimeout(resting);
    resting = setTimeout(() => {
      place.textContent = remaining(value, limit);
    }, restMs);
  });
}

/** What is said of a text: '' until three quarters of its limit. Counted as the server does. */
export function remaining(text: string, limit: number): string {
  const left = limit - Array.from(text.normalize().replace(/\s+/g, ' ').trim()).length;
  const count = `${Math.abs(left)} caractère${left * left > 1 ? 's' : ''}`;
  if (left > limit / 4) return '';
  return left < 0 ? `${count} de trop.` : `Il reste ${count}.`;
}
