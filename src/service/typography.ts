// The typography of French: its no-break spaces, and the whole of it in HTML that is already written; the capital that begins
// a sentence, in any language.

import type { Tongue } from './tongues.ts';

const narrow = '\u202f';
const wide = '\u00a0';

/**
 * HTML whose text has the apostrophes and the no-break spaces of French: a narrow one before `;`, `!` and `?`, a wide one
 * before `:`, inside guillemets, before `h` after a figure and between groups of figures. Tags, scripts, styles and what
 * a visitor typed are left alone.
 * Source: règles de l'Imprimerie nationale (fact sheet, 6.3).
 */
export function frenchTypography(html: string): string {
  return changed(html, markup('script|style|textarea'), spacesIn);
}

/**
 * HTML of another language in which what stays French is told to be: a voice that reads the page aloud says it as it will have to
 * be said. Titles, and what a visitor typed, are left alone.
 * Source: WCAG 3.1.2.
 */
export function frenchMarked(html: string): string {
  const marked = (text: string) => text.replace(staysFrench, '<span lang="fr" dir="ltr">$&</span>');
  return changed(html, markup('script|style|textarea|title'), marked);
}

const staysFrench = /vous faites erreur|Un premier pas/g;

// Every tag, and what stands inside of the elements of these names.
function markup(whole: string): RegExp {
  return new RegExp(`<(${whole})[^>]*>[\\s\\S]*?</\\1>|<[^>]+>`, 'g');
}

function changed(html: string, skipped: RegExp, change: (text: string) => string): string {
  let at = 0;
  let done = '';
  for (const { index, 0: tag } of html.matchAll(skipped)) {
    done += change(html.slice(at, index)) + tag;
    at = index + tag.length;
  }
  return done + change(html.slice(at));
}

/** The typography of a language: ours for French, none for those whose words have it already. */
export function typographyIn(tongue: Tongue, words: string): string {
  return tongue === 'francais' ? frenchTypography(words) : words;
}

/** Words that no line may part. */
export function unbroken(words: string): string {
  return words.replaceAll(' ', wide);
}

/** The same with ordinary spaces, for those who choose their own. */
export function spaced(words: string): string {
  return words.replace(/[\u00a0\u202f]/g, ' ');
}

function spacesIn(text: string): string {
  return text
    .replace(/(\p{L})(?:'|&#39;)(?=\p{L}|\d|«|\s*$)/gu, '$1’')
    .replace(/\.\.\./g, '…')
    .replace(/ ([;!?])/g, `${narrow}$1`)
    .replace(/ :/g, `${wide}:`)
    .replace(/« /g, `«${wide}`)
    .replace(/ »/g, `${wide}»`)
    .replace(/(\d) (?=\d|h\b|j\/)/g, `$1${wide}`);
}

/** A text that begins a sentence, in its language. */
export function capital(text: string, language: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}
