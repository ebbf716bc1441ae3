// What the scripts of a page share: finding an element, filling it, reading a page that our server answers.

const patienceMs = 30_000;

/** The element of this name, where the page has it. */
export function byId(id: string): HTMLElement | null {
  return document.getElementById(id);
}

/** What was pressed: the nearest of its kind around where the event fell, which a translator may have put inside it. */
export function pressedIn<Kind extends HTMLElement>({ target }: Event, selector: string): Kind | null {
  return target instanceof Element ? target.closest<Kind>(selector) : null;
}

/** Shows an element, or hides it. */
export function show(place: HTMLElement | null, isShown = true): void {
  if (place) place.hidden = !isShown;
}

/** Gives the focus to a place, or to the first field of a group, because a group cannot be typed into. */
export function focusOn(place: HTMLElement | null): void {
  const target = place && place.tagName === 'FIELDSET' ? place.querySelector('input') : place;
  if (!target) return;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus();
}

/** Writes into an element what it carries for us: words that would be false in a text browser, which shows all. */
export function write(place: HTMLElement | null): void {
  if (place) place.textContent = place.dataset.dit as string;
}

/** Says that something is on its way, in the line that is read aloud; '' once it has come. */
export function say(text: string): void {
  const line = byId('progres');
  if (line) line.textContent = text;
}

/**
 * The page of ours that an address answers; undefined when it takes longer than thirty seconds, when `control` gives up, or
 * when the network, the server or somebody between fails. `post`: the form that is sent, whose refusals are pages too.
 * Text becomes HTML here only.
 */
export async function pageFrom(
  address: string,
  control: AbortController,
  post?: RequestInit,
): Promise<Document | undefined> {
  const timer = setTimeout(() => control.abort(), patienceMs);
  try {
    const response = await fetch(address, { ...post, cache: 'no-store', signal: control.signal });
    const text = await response.text();
    if (response.status >= 500 && !post) return undefined;
    const { trustedTypes } = window;
    const html = trustedTypes
      ? trustedTypes.createPolicy('page', { createHTML: () => text }).createHTML('')
      : text;
    const page = new DOMParser().parseFromString(html, 'text/html');
    return page.querySelector('main#contenu') ? page : undefined;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
