// hCaptcha's question, in the frame of the verification and in the language of the form around: writes the answer into it, and
// sends it. The site key comes as the name of the frame.

/** How long the frame may stay empty before it says so. */
const emptyMs = 6000;

type Widget = { render(place: HTMLElement, options: Record<string, unknown>): void };

/**
 * Loads hCaptcha, when a form of ours is around. Without an answer the form leaves too, unproven. What stays empty, because
 * something blocks it or the network is slow, says so; the way around hCaptcha stays beside it.
 */
export function start(): void {
  const frame = frameElement as HTMLElement | null;
  const form = frame && frame.closest('form');
  if (!form) return;
  const place = document.createElement('main');
  document.body.textContent = '';
  document.body.append(place);
  const send = (name: string, value: string) => {
    const field = form.ownerDocument.createElement('input');
    Object.assign(field, { type: 'hidden', name, value });
    frame.after(field);
    form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  };
  const sendUnproven = () => send('verification', 'sans');
  const empty = setTimeout(() => {
    place.setAttribute('role', 'status');
    place.textContent = frame.dataset.dit as string;
  }, emptyMs);
  const ask = () => {
    clearTimeout(empty);
    place.textContent = '';
    frame.className = 'asking'; // what comes may be larger than the sentence
    const { hcaptcha } = window as unknown as { hcaptcha: Widget };
    hcaptcha.render(place, {
      sitekey: window.name,
      size: innerWidth < 310 ? 'compact' : 'normal',
      callback: (token: string) => send('preuve', token),
      'error-callback': sendUnproven,
    });
  };
  Object.assign(window, { ask });
  const language = form.ownerDocument.documentElement.lang.slice(0, 2); // it knows no region, nor another alphabet
  const script = document.createElement('script');
  script.src = `https://js.hcaptcha.com/1/api.js?render=explicit&onload=ask&recaptchacompat=off&hl=${language}`;
  script.onerror = sendUnproven;
  document.head.append(script);
}
