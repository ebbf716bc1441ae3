// What a page shows while it is not in front: nothing. A picture that a browser or a phone takes of it then is empty.

/**
 * Empties the page to the eye when another tab or window takes its place, and shows it again at once. Where a browser inside an
 * application never says that it is back, the first sign of somebody there shows it.
 */
export function start(): void {
  document.addEventListener('visibilitychange', () => paint(document.hidden ? '0' : ''));
  for (const sign of ['pageshow', 'focus', 'pointerdown']) addEventListener(sign, () => paint(''));
}

// By what keeps its place, and the caret its field.
function paint(opacity: string): void {
  document.documentElement.style.opacity = opacity;
}
