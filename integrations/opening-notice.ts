// What a build says when the site it made cannot open: between two rules, at its end, where nobody misses it.

/** The notice for the settings that the law asks for and nobody gave; undefined when none is missing. */
export function openingNotice(missing: readonly string[]): string | undefined {
  if (missing.length === 0) return undefined;
  return [
    '',
    rule,
    'CES PAGES NE PEUVENT PAS OUVRIR. La loi demande encore :',
    '',
    ...missing.map((name) => `  - ${name}`),
    '',
    'D’ici là, elles disent de s’adresser au Département.',
    'Les régler (docs/reglages.md), construire de nouveau, npm run verifier.',
    rule,
  ].join('\n');
}

const rule = '═'.repeat(72); // fits the narrowest terminal
