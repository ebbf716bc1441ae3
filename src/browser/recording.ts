// A recorded voice goes silent as soon as the page is out of sight. The exit, and another page, take it away whole.

/** Stops it then, and cuts its sound: what starts it again is a new choice. */
export function start(): void {
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) return;
    document.querySelectorAll('audio').forEach((voice) => {
      voice.pause();
      voice.muted = true;
    });
  });
}
