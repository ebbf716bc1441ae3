// The door of the room that makes PDFs: nobody else of the kit passes beside it, or names pdfkit.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

test('the kit makes PDFs through one door', () => {
  const drawers = globSync('*.ts', { cwd: new URL('..', import.meta.url) });
  const imports = drawers.flatMap((file) => {
    const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
    return [...text.matchAll(/from '((?:\.\/pdf\/|pdfkit)[^']*)'/g)].map((match) => match[1]);
  });
  assert.deepEqual([...new Set(imports)], ['./pdf/pdf.ts']);
});
