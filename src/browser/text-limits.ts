// What is left of a text that has a limit, said in its last quarter only, and once the fingers rest: nobody hears a number
// at each key. Nothing is cut; without this script the server says it.

const restMs = 700;

/** Follows the fields that have a limit. */
export function start(): void {
  let resting: ReturnType<typeof setTimeout>;
  addEventListener('input', ({ target }) => {
    const field = target as HTMLInputElement;
    if (!field.dataset.limite) return;
    clearTimeout(resting);
    const place = placeUnder(field);
    resting = setTimeout(() => {
      place.textContent = remaining(field.value, Number(field.dataset.limite));
    }, restMs);
  });
}

/** What is said of a text: '' until three quarters of its limit. Counted as the server does. */
export function remaining(text: string, limit: number): string {
  const left = limit - Array.from(text.normalize().replace(/\s+/g, ' ').trim()).length;
  if (left > limit / 4) return '';
  const [count, noun] = [Math.abs(left), Math.abs(left) > 1 ? 'caractères' : 'caractère'];
  return left < 0 ? `${count} ${noun} de trop.` : `Il reste ${count} ${noun}.`;
}

// There before it speaks, so that it is heard.
function placeUnder(field: HTMLInputElement): HTMLElement {
  const existing = field.nextElementSibling as HTMLElement | null;
  if (existing) return existing;
  const place = document.createElement('p');
  place.className = 'hint';
  place.setAttribute('aria-live', 'polite');
  field.after(place);
  return place;
}
