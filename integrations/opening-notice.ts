// What a build says when the site it made cannot open: in a frame, after everything else, where nobody misses it.

/** The notice for the settings that the law asks for and nobody gave; undefined when none is missing. */
export function openingNotice(missing: readonly string[]): string | undefined {
  if (missing.length === 0) return undefined;
  const lines = [
    'CES PAGES NE PEUVENT PAS OUVRIR : la loi demande encore',
    ...missing.map((name) => `  - ${name}`),
    'D’ici là, elles disent de s’adresser au Département. Les régler',
    '(docs/reglages.md), construire de nouveau, puis npm run verifier.',
  ];
  const width = Math.max(...lines.map((line) => line.length));
  const edge = '═'.repeat(width + 2);
  return ['', `╔${edge}╗`, ...lines.map((line) => `║ ${line.padEnd(width)} ║`), `╚${edge}╝`].join('\n');
}
