// Shows what leaving feels like, and comes back. The page stays underneath, and the real exit stays armed: Escape twice
// still leaves.

const coveredMs = 2000;

/** Arms « Essayer sans risque », on whatever page shows it. */
export function start(): void {
  const reveal = () => {
    const button = document.getElementById('essai');
    if (button) button.hidden = false;
  };
  reveal();
  addEventListener('contenu', reveal);
  addEventListener('click', (event) => {
    const pressed = event.target instanceof Element ? event.target.closest('#essai') : null;
    if (pressed) cover();
  });
}

function cover(): void {
  const sheet = document.createElement('div');
  sheet.className = 'sheet';
  sheet.setAttribute('role', 'status');
  document.body.append(sheet);
  sheet.textContent = 'Chargement…'; // written once it is there, so that it is said aloud
  const uncover = () => {
    sheet.remove();
    const result = document.getElementById('essai-fini');
    if (!result) return;
    result.hidden = false;
    result.focus();
  };
  setTimeout(uncover, coveredMs);
}
