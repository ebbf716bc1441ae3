// `npm run faits-anciens -- 24`: lists the facts not checked for so many months (24 unless told).
import { factsOlderThan } from '../writing/old-facts.ts';
import { readContent } from '../writing/read.ts';
import { pagesWith } from '../writing/to-confirm.ts';

const months = Number(process.argv[2] ?? 24);
if (!Number.isInteger(months) || months < 0) {
  console.error('Un nombre de mois, par exemple : npm run faits-anciens -- 24');
  process.exit(2);
}
const content = readContent('src/content');
for (const fact of factsOlderThan(months, content.facts.values(), new Date())) {
  const { date, reviewed, file, key, confidence, statement } = fact;
  const seen = reviewed ? `${date}, revu le ${reviewed}` : date;
  const pages = pagesWith(fact, content).join(', ').replaceAll('`', '');
  console.log(`${seen} · ${confidence} · ${file} « ${key} » (${pages})\n  ${statement}`);
}
