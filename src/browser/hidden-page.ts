// What a page shows while it is not in front: nothing. A picture that a browser or a phone takes of it then is empty.

/** Empties the page to the eye when another tab or window takes its place, and shows it again at once. */
export function start(): void {
  document.addEventListener('visibilitychange', draw);
  addEventListener('pageshow', draw);
}

// By what keeps its place, and the caret its field.
function draw(): void {
  document.documentElement.style.opacity = document.hidden ? '0' : '';
}
