// Elements of a page, for all its scripts: finding one, showing it, filling it.

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

/** Gives the focus to a place, unfolded; to the first field of a group, because a group cannot be typed into. */
export function focusOn(place: HTMLElement | null): void {
  const target = place && place.tagName === 'FIELDSET' ? place.querySelector('input') : place;
  if (!target) return;
  const folded = target.closest('details');
  if (folded) folded.open = true;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus();
}

/** Writes into an element what it carries for us: words that would be false in a text browser, which shows all. */
export function write(place: HTMLElement | null): void {
  if (place) place.textContent = place.dataset.dit as string;
}

/**
 * Writes what is true now, when it changes: each writing is a new piece of the page, and undoes a translator's work. While a
 * slow page is still coming, the rest of an element may be added to what was written into it: then it is written again.
 */
export function rewrite(place: HTMLElement | null, text: string): void {
  if (!place) return;
  const isWhole = document.readyState === 'complete' || place.textContent === text;
  if (isWhole && (place.dataset.dit || '') === text) return;
  place.dataset.dit = text;
  write(place);
}

/** Says that something is on its way, in the line that is read aloud; '' once it has come. */
export function say(text: string): void {
  const line = byId('progres');
  if (line) line.textContent = text;
}

/** Puts an element in the language of a page, whatever that of the page around it by then. */
export function speakAs(place: HTMLElement, { lang, dir }: { lang: string; dir: string }): void {
  place.lang = lang;
  place.dir = dir || 'ltr';
}

/** Every element that a selector finds. */
export function all<Kind extends Element>(root: ParentNode, selector: string): Kind[] {
  return Array.from(root.querySelectorAll<Kind>(selector));
}
