// The forms of the callback, sent without leaving the page. The server decides everything, the page shows what it
// answered. If this script fails, the forms still post by themselves.
import { onContent, tellContent } from './content-event.ts';
import { focusOn, pressedIn, say, show, speakAs, write } from './elements.ts';
import { pageFrom } from './page-from.ts';

const slowMs = 1000;

const sent = new Set<HTMLFormElement>(); // and not answered yet
let kept: HTMLFormElement | undefined; // as it was sent, for « Modifier »: in memory only
let button: HTMLButtonElement | null; // pressed last: Enter in a field presses one too

/** Takes over the forms and the links of the callback page. What becomes of a form is said where she is by then. */
export function start(): void {
  new AbortController(); // where it is missing, nothing below is armed, and the forms post by themselves
  addEventListener('submit', onSubmit);
  addEventListener('click', onClick, true); // before whatever else follows links
  onContent(() => sent.size && tell()); // « Envoi… » stays while it is true
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (form.method !== 'post') return;
  event.preventDefault();
  if (!sent.has(form)) void send(form);
}

async function send(form: HTMLFormElement): Promise<void> {
  sent.add(form);
  const own = mainOf(form);
  speakAs(own, document.documentElement);
  const slow = setTimeout(tell, slowMs);
  const page = await answerTo(form);
  clearTimeout(slow);
  sent.delete(form);
  tell();
  form.querySelectorAll('.problem, .bad:not([hidden])').forEach((news) => {
    news.remove(); // of the last sending
  });
  // What she reads by then can be come back to.
  if (!form.isConnected) dispatchEvent(new Event('remplacement'));
  // Anything else would take away what was typed.
  if (page && page.querySelector('form, #suite')) {
    kept = form.id && page.querySelector('#suite') ? form : undefined;
    bring(page);
    return;
  }
  if (!form.isConnected) bring(own);
  giveNotice(form, page);
}

function onClick(event: MouseEvent): void {
  button = pressedIn(event, 'button');
  if (button && button.matches('[data-verification]')) openVerification(button);
  const link = pressedIn(event, 'a[data-jeton]');
  if (!link || !kept) return;
  event.preventDefault();
  dispatchEvent(new Event('depart')); // she may give up changing it
  const main = mainOf(kept);
  const { jeton, titre, bouton } = link.dataset;
  Object.assign(kept.dataset, { jeton, cle: '' });
  rename(main.querySelector('h1, h2'), titre);
  rename(kept.querySelector('[type=submit]'), bouton);
  bring(main);
}

function rename(place: Element | null, text: string | undefined): void {
  if (place && text) place.textContent = text;
}

function tell(): void {
  const [form] = Array.from(sent);
  say(form ? (form.dataset.envoi as string) : '');
}

async function answerTo(form: HTMLFormElement): Promise<HTMLElement | null | undefined> {
  const body = new URLSearchParams(new FormData(form) as never);
  const { jeton, cle } = form.dataset;
  if (button && button.name) body.set(button.name, button.value);
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
  const main = page && page.querySelector('main');
  if (page && main) speakAs(main, page.documentElement);
  return main;
}

// In a frame: hCaptcha's script never runs beside what she writes.
function openVerification(button: HTMLButtonElement): void {
  const { content } = button.nextElementSibling as HTMLTemplateElement;
  const frame = content.firstElementChild as HTMLElement;
  button.replaceWith(frame);
  frame.focus();
}

function bring(main: HTMLElement): void {
  write(main.querySelector('#reference-dit'));
  const present = document.querySelector('main');
  if (present) present.replaceWith(main);
  tellContent();
  scrollTo(0, 0);
  focusOn(main.querySelector('[autofocus]') || main.querySelector('h1'));
}

function mainOf(form: HTMLFormElement): HTMLElement {
  return form.closest('main') as HTMLElement;
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
