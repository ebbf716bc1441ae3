// « Vérifier ma page », for partners: says in plain French what is wrong with the HTML that somebody pastes. What is pasted
// is never put in the page, sent, or kept. What is ours comes as data of the button.
import { all, pressedIn } from './elements.ts';
import { problemsIn } from './html-rules.ts';
import { showScripted } from './scripted.ts';

/** Arms the button that checks, and shows it. */
export function start(): void {
  showScripted();
  addEventListener('click', (event) => {
    const pressed = pressedIn(event, '#verifier');
    if (!pressed) return;
    event.preventDefault(); // nothing is sent
    check(pressed);
  });
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
