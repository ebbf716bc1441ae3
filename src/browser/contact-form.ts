// Sends the forms of the callback without leaving the page. The server decides everything, the page shows what it
// answered. If this script fails, the forms still post by themselves.
import { pageFrom, pressedIn, remove, say, show, write } from './elements.ts';

const slowMs = 1000;

/** Takes over the forms and the links of the callback page. What becomes of a form is said where she is by then. */
export function start(): void {
  if (!window.AbortController) return; // too old: the forms post by themselves
  let kept: HTMLElement | undefined; // the form as it was sent, for « Modifier »: in memory only
  let button: HTMLButtonElement | null = null; // pressed last: Enter in a field presses one too
  const sent = new Set<HTMLFormElement>(); // and not answered yet
  const tell = () => say(sent.size ? 'Envoi…' : '');

  addEventListener('submit', async (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== 'post') return;
    event.preventDefault();
    if (sent.has(form)) return;
    sent.add(form);
    const own = form.closest('main') as HTMLElement;
    const slow = setTimeout(tell, slowMs);
    const page = await answerTo(form, button);
    clearTimeout(slow);
    sent.delete(form);
    tell();
    remove(form, '.no-answer:not([hidden]), .setback [type=hidden]'); // of the last sending
    // What she reads by then can be come back to.
    if (!form.isConnected) dispatchEvent(new CustomEvent('remplacement', { detail: '/contact' }));
    kept = undefined;
    // Anything else would take away what was typed.
    if (page && page.querySelector('#demande, #suite')) {
      if (form.id && page.querySelector('#suite')) {
        kept = own;
        remove(own, '.summary, .problem, .setback');
      }
      return bring(page);
    }
    if (!form.isConnected) bring(own);
    giveNotice(form, page);
  });

  addEventListener(
    'click',
    (event) => {
      button = pressedIn(event, 'button');
      if (button && button.dataset.verification) openVerification(button);
      const link = pressedIn(event, 'a[data-jeton]');
      const form = kept && kept.querySelector('form');
      if (!link || !kept || !form) return;
      event.preventDefault();
      Object.assign(form.dataset, { jeton: link.dataset.jeton, cle: '' });
      bring(kept);
    },
    true,
  ); // before whatever else follows links

  addEventListener('contenu', () => sent.size && tell()); // « Envoi… » stays while it is true
}

async function answerTo(
  form: HTMLFormElement,
  button: HTMLButtonElement | null,
): Promise<HTMLElement | null | undefined> {
  const body = new URLSearchParams(new FormData(form) as never);
  const { jeton, cle } = form.dataset;
  if (button && button.form === form && button.name) body.set(button.name, button.value);
  if (form.id) {
    // A form sent again after a broken answer is the same request: its key stays with it.
    form.dataset.cle = cle || crypto.getRandomValues(new Uint32Array(4)).join();
    body.set('cle', form.dataset.cle);
    body.set('duree', (performance.now() / 1000).toFixed());
    if (jeton) body.set('jeton', jeton);
    if (!body.has('verification')) body.set('verification', 'possible');
  }
  // Sent is sent, even when she leaves at once.
  const page = await pageFrom(form.action, new AbortController(), { method: 'POST', body, keepalive: true });
  return page && page.querySelector('main');
}

// In a frame: hCaptcha's script never runs beside what she writes.
function openVerification(button: HTMLButtonElement): void {
  const frame = document.createElement('iframe');
  frame.title = 'Vérification par hCaptcha';
  frame.name = button.dataset.verification as string;
  frame.src = '/contact/verification';
  button.replaceWith(frame);
  frame.focus();
}

function bring(main: HTMLElement): void {
  main.lang = 'fr'; // whatever the language of the page around
  main.dir = 'ltr';
  write(main.querySelector('#reference-dit'));
  const present = document.querySelector('main');
  if (present) present.replaceWith(main);
  dispatchEvent(new Event('contenu'));
  scrollTo(0, 0);
  const first = (main.querySelector('[autofocus]') || main.querySelector('h1')) as HTMLElement;
  first.tabIndex = -1;
  first.focus();
}

// Beside what was typed: a refusal of ours in its own words, which end with the number like all that we say; or that
// nothing of ours has come.
function giveNotice(form: HTMLFormElement, refusal: HTMLElement | null | undefined): void {
  const model = form.querySelector('.no-answer') as HTMLElement;
  const notice = model.cloneNode(true) as HTMLElement;
  if (refusal && refusal.querySelector('[href^=tel]')) {
    notice.textContent = '';
    notice.append(...Array.from(refusal.childNodes));
  } else write(notice.querySelector('[data-dit]'));
  model.before(notice);
  show(notice);
  notice.focus();
}
