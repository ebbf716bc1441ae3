// « Vérifier ma page », for partners: says in plain French what is wrong with the HTML that somebody pastes. What is pasted
// is never put in the page, sent, or kept. What is ours comes as data of the button.
import { onContent } from './content-event.ts';
import { all, pressedIn } from './elements.ts';
import { problemsIn } from './html-rules.ts';

/** Shows what only a script can do, here and each time the page comes back in mode discret. */
export function start(): void {
  addEventListener('DOMContentLoaded', reveal);
  onContent(reveal);
  addEventListener('click', (event) => {
    const pressed = pressedIn(event, '#verifier');
    if (!pressed) return;
    event.preventDefault(); // nothing is sent
    check(pressed);
  });
}

function reveal(): void {
  for (const one of all<HTMLElement>(document, '[data-script]')) one.hidden = one.dataset.script === 'sans';
}

function check({ dataset }: HTMLElement): void {
  const [pasted] = all<HTMLTextAreaElement>(document, '#code');
  const [verdict] = all(document, '#verdict');
  if (!pasted || !verdict) return;
  const { number = '', hours = '', host = location.host, revealing = '' } = dataset;
  const ours = { number, hours, host, revealing: new RegExp(revealing, 'i') };
  tell(verdict, pasted.value.trim() ? problemsIn(pasted.value, ours) : ['Rien n’est collé.']);
}

function tell(verdict: Element, problems: string[]): void {
  verdict.textContent = problems[0] ? `À revoir : ${problems.length}` : 'Rien à corriger.';
  if (!problems[0]) return;
  const list = document.createElement('ul');
  for (const problem of problems)
    list.append(Object.assign(document.createElement('li'), { textContent: problem }));
  verdict.append(list);
}
