// `npm run a-valider`: writes docs/a-valider.md.
import { writeFileSync } from 'node:fs';
import { readContent } from '../writing/read.ts';
import { toConfirm } from '../writing/to-confirm.ts';

writeFileSync('docs/a-valider.md', toConfirm(readContent('src/content')));
