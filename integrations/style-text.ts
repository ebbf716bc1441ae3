// What makes a style sheet shorter on its way to a page, once each rule is minified.

/**
 * Names of colours and sizes are for those who write styles: each that a style declares becomes a letter. Those that a
 * script sets are declared by none, and keep theirs.
 */
export function withShortNames(css: string): string {
  const declared = new Set(Array.from(css.matchAll(/[{;](--[\w-]+):/g), ([, name]) => name));
  const letters = new Map<string, string>();
  return css.replace(/(?<![\w-])--[a-z][\w-]*/g, (name) => {
    if (!declared.has(name)) return name;
    const short = letters.get(name) ?? `--${letterAt(letters.size)}`;
    letters.set(name, short);
    return short;
  });
}

/** Says what one kind of screen or paper asks for once, after everything else, paper last. */
export function withMediaLast(css: string): string {
  const kinds = new Map<string, string>();
  const general = css.replace(/(@media[^{]+)\{((?:[^{}]*\{[^{}]*\})*)\}/g, (_, kind, rules) => {
    kinds.set(kind, (kinds.get(kind) ?? '') + rules);
    return '';
  });
  const isPrint = (kind: string) => Number(kind === '@media print');
  const ordered = [...kinds].sort(([one], [other]) => isPrint(one) - isPrint(other));
  return general + ordered.map(([kind, rules]) => `${kind}{${rules}}`).join('');
}

/** Without the spaces that the minifier leaves in a value that is for later. */
export function withoutSpaces(css: string): string {
  return css.replace(/(--[\w-]+): /g, '$1:').replace(/, /g, ',');
}

// a … z, then a1 … z1, then a2 …
function letterAt(index: number): string {
  const row = Math.floor(index / 26);
  return String.fromCharCode(97 + (index % 26)) + (row || '');
}
