// Sends the callback form without leaving the page. The server decides everything, the page shows what it answered.
// If this script fails, the form still posts by itself.

const slowMs = 1000;
const patienceMs = 30_000;

/** Text becomes HTML here only: what our own server answered. */
const asHtml = window.trustedTypes?.createPolicy('page', { createHTML: (text) => text });

/** Takes over the forms and the links of the callback page. */
export function start(): void {
  let kept: HTMLElement | undefined; // the form as it was sent, for « Modifier »: in memory only

  addEventListener('submit', async (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== 'post') return;
    event.preventDefault();
    if (form.hasAttribute('aria-busy')) return;
    form.setAttribute('aria-busy', 'true');
    const slow = setTimeout(say, slowMs, 'Envoi…');
    const page = await answerTo(form);
    clearTimeout(slow);
    say('');
    form.removeAttribute('aria-busy');
    // Each is for one sending.
    remove(form.querySelectorAll('[name=preuve], [type=hidden][name=verification]'));
    // A page that is neither the form nor what follows it would take away what was typed.
    if (!page || (form.id === 'demande' && !page.querySelector('#demande, #suite')))
      return showNoAnswer(form);
    kept =
      form.id === 'demande' && page.querySelector('#suite')
        ? withoutBadNews(document.querySelector('main'))
        : undefined;
    show(page);
  });

  addEventListener(
    'click',
    (event) => {
      const pressed = event.target as HTMLButtonElement;
      if (pressed.name === 'verification') setHidden(pressed.form, pressed.name, pressed.value);
      if (pressed.dataset?.verification) openVerification(pressed);
      const link = pressed.closest('a');
      const token = link?.dataset.jeton;
      const form = kept?.querySelector<HTMLFormElement>('form#demande');
      if (!token || !kept || !form) return;
      event.preventDefault();
      setHidden(form, 'jeton', token);
      setHidden(form, 'cle', '');
      show(kept);
    },
    true,
  ); // before whatever else follows links
}

async function answerTo(form: HTMLFormElement): Promise<HTMLElement | undefined> {
  if (form.id === 'demande') {
    if (!fieldOf(form, 'cle')?.value) setHidden(form, 'cle', newKey());
    setHidden(form, 'duree', (performance.now() / 1000).toFixed());
    if (!fieldOf(form, 'verification')) setHidden(form, 'verification', 'possible');
  }
  const body = new URLSearchParams(new FormData(form) as never);
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), patienceMs);
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      body,
      cache: 'no-store',
      keepalive: true, // sent is sent, even when she leaves at once
      signal: control.signal,
    });
    const text = await response.text();
    const page = new DOMParser().parseFromString(asHtml?.createHTML(text) ?? text, 'text/html');
    return page.querySelector<HTMLElement>('main#contenu') ?? undefined;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

// In a frame: hCaptcha's script never runs beside what she writes.
function openVerification(button: HTMLButtonElement): void {
  const frame = document.createElement('iframe');
  frame.title = 'Vérification par hCaptcha';
  frame.name = button.dataset.verification ?? '';
  frame.src = '/contact/verification';
  button.replaceWith(frame);
  frame.focus();
}

function withoutBadNews(main: HTMLElement | null): HTMLElement | undefined {
  if (main) remove(main.querySelectorAll('.summary, .problem, .setback'));
  return main ?? undefined;
}

function remove(elements: NodeListOf<Element>): void {
  elements.forEach((element) => {
    element.remove();
  });
}

function show(main: HTMLElement): void {
  document.querySelector('main')?.replaceWith(main);
  scrollTo(0, 0);
  const first = main.querySelector<HTMLElement>('[autofocus]') ?? main.querySelector<HTMLElement>('h1');
  if (first) first.tabIndex = -1;
  first?.focus();
}

function showNoAnswer(form: HTMLFormElement): void {
  const notice = form.querySelector<HTMLElement>('.no-answer');
  if (!notice) return;
  const said = notice.querySelector<HTMLElement>('[data-dit]'); // a text browser, which shows it always, must not read it
  if (said) said.textContent = said.dataset.dit ?? '';
  notice.hidden = false;
  notice.focus();
}

function say(text: string): void {
  const progress = document.getElementById('progres');
  if (progress) progress.textContent = text;
}

function fieldOf(form: HTMLFormElement, name: string): HTMLInputElement | null {
  return form.querySelector(`input[type=hidden][name=${name}]`);
}

function setHidden(form: HTMLFormElement | null, name: string, value: string): void {
  if (!form) return;
  let field = fieldOf(form, name);
  if (!field) {
    field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    form.append(field);
  }
  field.value = value;
}

// A form sent again after a broken answer is the same request: its key stays with it until it is answered.
function newKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join();
}
