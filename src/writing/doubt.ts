// Words by which a site tells its own doubts. Somebody in fear can do nothing with them: what is not established is left out,
// or said in a form that is true, and the doubt is asked of the Département in docs/a-valider.md.

const doubtful = new RegExp(
  [
    'à (confirmer|compléter|vérifier)(?!\\p{L})',
    '(non|pas encore) (confirmé|établi)e?s?(?!\\p{L})',
    '(n’est|ne sont|ne nous est|ne nous sont) pas connue?s?(?!\\p{L})',
    'doi(t|vent) encore (l’|(le|la|les|être) )',
    'n’avons pas (essayé|vérifié)',
    'sous réserve|semble-t-il|numéro (récent|relevé)',
  ].join('|'),
  'iu',
);

// What pages show of the data, and what the line says of its calls. A confidence or a question may doubt: nobody sees it.
const shown =
  /"(nom|texte|commune|quoi|pour_qui|quand|cout|trace|sans_parler|numero_affiche|message_neutre|appel_hors_horaires)"\s*:\s*"((?:[^"\\]|\\.)*)"/g;

/** The doubts that a text, or a file of data, would show to visitors: in French, with the file and the line. */
export function doubtsIn(file: string, source: string): string[] {
  const written = file.endsWith('.md') ? linesOf(source) : valuesOf(source);
  return written.flatMap(({ line, text }) => {
    const words = doubtOf(text);
    return words ? [`${file}, ligne ${line} : un doute à nous, montré à qui lit : « ${words} ».`] : [];
  });
}

/** The words of doubt of a text, with a few around; undefined when it has none. */
export function doubtOf(written: string): string | undefined {
  const plain = written.replaceAll("'", '’').replace(/\s/g, ' ');
  const at = doubtful.exec(plain);
  return at ? plain.slice(Math.max(0, at.index - 30), at.index + at[0].length).trim() : undefined;
}

type Piece = { line: number; text: string };

function linesOf(source: string): Piece[] {
  return source.split('\n').map((text, index) => ({ line: index + 1, text }));
}

function valuesOf(json: string): Piece[] {
  return [...json.matchAll(shown)].map(({ index, 2: text = '' }) => ({
    line: json.slice(0, index).split('\n').length,
    text,
  }));
}
