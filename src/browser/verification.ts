// Runs in the frame of the verification: shows hCaptcha's question, writes the answer into the form around, and sends it.
// The site key comes as the name of the frame.

type Widget = { render(place: HTMLElement, options: Record<string, unknown>): void };

/** Loads hCaptcha, when a form of ours is around. Without an answer the form leaves too, unproven. */
export function start(): void {
  const form = frameElement?.closest('form');
  if (!form) return;
  const place = document.createElement('main');
  document.body.replaceChildren(place);
  const send = (name: string, value: string) => {
    const field = form.ownerDocument.createElement('input');
    Object.assign(field, { type: 'hidden', name, value });
    form.append(field);
    form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  };
  const sendUnproven = () => send('verification', 'sans');
  const ask = () => {
    const { hcaptcha } = window as unknown as { hcaptcha: Widget };
    hcaptcha.render(place, {
      sitekey: window.name,
      size: innerWidth < 310 ? 'compact' : 'normal',
      callback: (token: string) => send('preuve', token),
      'error-callback': sendUnproven,
    });
  };
  Object.assign(window, { ask });
  const script = document.createElement('script');
  script.src = 'https://js.hcaptcha.com/1/api.js?render=explicit&onload=ask&recaptchacompat=off&hl=fr';
  script.onerror = sendUnproven;
  document.head.append(script);
}
