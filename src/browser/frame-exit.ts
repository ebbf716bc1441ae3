// Leaving from inside a page of somebody else: the frame becomes empty, at once and for good; what is around stays. Without
// this script the link empties the frame too.

const twiceMs = 1000;

/** Arms the exit of a frame, and sends its other links out of it: no page of ours but this one may be framed. */
export function start(): void {
  let escapedAt = -twiceMs;

  const leave = (event: Event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    try {
      document.title = '';
      for (const form of Array.from(document.forms)) form.reset();
      document.documentElement.textContent = '';
    } finally {
      location.replace('about:blank');
    }
  };

  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link?.id === 'quitter') leave(event);
    else if (link?.origin === location.origin) link.target = '_blank';
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.repeat || event.isComposing) return;
    const isSecond = event.key === 'Escape' && event.timeStamp - escapedAt < twiceMs;
    escapedAt = event.key === 'Escape' ? event.timeStamp : -twiceMs;
    const isOnLink = event.target instanceof Element && !!event.target.closest('#quitter');
    if (isSecond || (event.key === ' ' && isOnLink)) leave(event);
  };

  addEventListener('click', onClick, true);
  addEventListener('auxclick', onClick, true);
  addEventListener('keydown', onKey, true);
}
