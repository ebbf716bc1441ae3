// The card that a partner pastes into a page of its own: no request, no script, nothing that its style sheets can undo.
import { colours } from '../service/colours.ts';
import { hours, phone, service } from '../service/service.ts';
import { solid } from './link.ts';

// Each declaration must win over whatever the page around says, `!important` included.
const style = (...declarations: string[]) => declarations.map((one) => `${one}!important`).join(';');

// `initial` forgets the page around; `revert` does too, and keeps the browser's own mark of focus on links. Neither
// covers the direction: a number must never be read backwards.
const read = ['direction:ltr', 'unicode-bidi:isolate'];
const frame = style(
  'all:initial',
  ...read,
  'color-scheme:only light',
  'display:block',
  'box-sizing:border-box',
  'max-width:22em',
  'margin:1em 0',
  'padding:1em',
  `border:2px solid ${colours.accent}`,
  'border-radius:12px',
  'background:#fff',
  `color:${colours.ink}`,
  'font:medium/1.5 sans-serif',
  'overflow-wrap:anywhere',
  'break-inside:avoid',
);
const part = ['all:revert', ...read, 'display:block', `color:${colours.ink}`];
const link = ['all:revert', ...read, 'display:inline-block', 'padding:.7em 0', `color:${colours.accent}`];
const name = style(...part, 'font-weight:700');
const line = style(...part);
// No figure, space, figure in a declaration: the typography of the page would make that space a no-break one.
const number = style(...link, 'min-width:44px', 'font-size:1.4em', 'font-weight:700', 'line-height:1.2');
const more = style(...link);

/** The card as HTML, under 2 kB, with a link when the address of the site is known. Says nothing of what it is about. */
export function cardHtml(site: string | undefined): string {
  return [
    `<div lang="fr" dir="ltr" style="${frame}">`,
    `<span style="${name}">${service.name}</span>`,
    `<a href="tel:${phone.dialled}" translate="no" style="${number}">${solid(phone.written)}</a>`,
    `<span style="${line}">${solid(hours.written)}. ${phone.cost}.</span>`,
    ...(site
      ? [`<a href="${site}" rel="noopener" referrerpolicy="no-referrer" style="${more}">Voir le site</a>`]
      : []),
    '</div>',
  ].join('\n');
}
