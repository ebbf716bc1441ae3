import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sectionsOf } from './sections.ts';

test('a text is parted at its headings of the second rank, without what stands before', () => {
  const body = 'Avant.\n\n## Une nuit\n\nUn.\n\n### Plus bas\n\n## Un toit \n\nDeux ## non.\n';
  const text = { id: 'x', file: 'x.md', head: {}, body, keys: [], shown: [] };
  assert.deepEqual(
    sectionsOf(text).map((part) => [part.id, part.body]),
    [
      ['Une nuit', '## Une nuit\n\nUn.\n\n### Plus bas\n\n'],
      ['Un toit', '## Un toit \n\nDeux ## non.\n'],
    ],
  );
});
