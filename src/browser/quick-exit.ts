// Leaves at once. Runs in the head, before anything else, and needs nothing else; if it fails, the link still leaves.

/** Arms the exit link for every kind of click, from the first bytes of the page. */
export function start(): void {
  for (const kind of ['click', 'auxclick'] as const) {
    addEventListener(
      kind,
      (event) => {
        const { target } = event;
        const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a#quitter') : null;
        if (!link || event.button > 1) return;
        event.preventDefault();
        leave(link.href);
      },
      true,
    );
  }
}

// The page is emptied before the exit site answers: a slow network must not leave it readable. What covers it is a
// link, so one tap tries again. Whatever an old browser makes of the cover, it leaves.
function leave(exit: string): void {
  try {
    cover(exit);
  } finally {
    location.replace(exit);
  }
}

function cover(exit: string): void {
  document.title = 'Chargement';
  for (const form of Array.from(document.forms)) form.reset();
  const sheet = document.createElement('a');
  sheet.id = 'quitter';
  sheet.className = 'sheet';
  sheet.href = exit;
  sheet.textContent = 'Chargement…';
  document.body.textContent = '';
  document.body.append(sheet);
}
