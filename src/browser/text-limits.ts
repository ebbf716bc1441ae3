// How long a text is that has a limit, said in its last quarter only, and once the fingers rest: nobody hears a number at each
// key. Figures, which every language of the form reads. Nothing is cut; without this script the server says it.

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
      place.textContent = lengthOf(value, limit);
    }, restMs);
  });
}

/** What is said of a text, `31/30`: '' until three quarters of its limit. Counted as the server does. */
export function lengthOf(text: string, limit: number): string {
  const length = Array.from(text.normalize().replace(/\s+/g, ' ').trim()).length;
  return length < (limit * 3) / 4 ? '' : `${length}/${limit}`;
}
