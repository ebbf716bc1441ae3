// Buttons that copy the text beside them. Without this script the button does not show, and the text is copied by hand.
import { pressedIn } from './elements.ts';
import { showScripted } from './scripted.ts';

/** Arms the buttons that copy, on whatever page has them, and shows them. */
export function start(): void {
  showScripted();
  addEventListener('click', async (event) => {
    const pressed = pressedIn(event, '[data-copie]');
    if (!pressed) return;
    const text = pressed.closest('details')?.querySelector('p');
    const status = pressed.parentElement?.querySelector('[role=status]');
    if (!text || !status) return;
    // biome-ignore lint/performance/useDomNodeTextContent: the breaks of lines must be copied too
    const isCopied = await navigator.clipboard?.writeText(text.innerText).then(
      () => true,
      () => false, // refused
    );
    if (!isCopied) getSelection()?.selectAllChildren(text);
    status.textContent = isCopied ? 'Copié.' : 'Le texte est choisi : il reste à le copier.';
  });
}
