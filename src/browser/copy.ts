// Copies the text beside a button. Without this script the button does not show, and the text is copied by hand.

/** Shows the buttons that copy, here and each time the page comes back in mode discret. */
export function start(): void {
  addEventListener('click', async (event) => {
    const pressed = event.target instanceof Element ? event.target.closest('[data-copie]') : null;
    const text = pressed?.closest('details')?.querySelector('textarea');
    const said = pressed?.parentElement?.querySelector('[role=status]');
    if (!text || !said) return;
    text.select();
    const isCopied = await navigator.clipboard?.writeText(text.value).then(
      () => true,
      () => false, // refused
    );
    said.textContent = isCopied ? 'Copié.' : 'Le texte est choisi : il reste à le copier.';
  });
}
