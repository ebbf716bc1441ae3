// Nothing of ours can turn for ever: every loop whose end is not in its own head is listed here, with what ends it.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import ts from 'typescript';

const root = new URL('..', import.meta.url).pathname;

// File → how many such loops it may hold, and what ends each.
const bounded: Record<string, { count: number; end: string }> = {
  'src/rappel/deliver.ts': { count: 1, end: 'each message leaves, or waits half a second at least' },
  'src/server/mail/courier.ts': { count: 1, end: 'turns again only when something was kept meanwhile' },
  'src/server/admission/client-address.ts': { count: 1, end: 'a header of 16 kB holds so many addresses' },
  'src/commands/outbox/accepted.ts': { count: 1, end: 'gives up after `patienceSeconds`' },
  'src/kit/pdf/shaped.ts': {
    count: 1,
    end: 'takes a shape of the text at each turn, and throws without one',
  },
  'src/browser/html-rules.ts': { count: 1, end: 'the nodes of one page' },
};

const files = globSync('src/**/*.{ts,astro}', { cwd: root }).filter((file) => !file.endsWith('.test.ts'));

/** The loops of a source that could turn for ever, each as its first line. */
function openLoops(source: string, file = 'a.ts'): string[] {
  const text = file.endsWith('.astro') ? (/^---\n([\s\S]*?)\n---/.exec(source)?.[1] ?? '') : source;
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isOpen =
      ts.isWhileStatement(node) || ts.isDoStatement(node) || (ts.isForStatement(node) && !node.condition);
    if (isOpen) found.push(node.getText().split('\n')[0] ?? '');
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

test('every loop of src/ ends by its own head, or is known here with what ends it', () => {
  for (const file of files) {
    const loops = openLoops(readFileSync(`${root}${file}`, 'utf8'), file);
    assert.ok(loops.length <= (bounded[file]?.count ?? 0), `${file}: ${loops.join(' · ')}`);
  }
});

test('a loop without a bound is seen, whatever its form; words in a text or a remark are not', () => {
  for (const loop of [
    'for (;;) {}',
    'for (let n = 0; ; n += 1) {}',
    'while (true);',
    'do {} while (more());',
  ])
    assert.equal(openLoops(`const f = () => { ${loop} };`).length, 1, loop);
  assert.equal(openLoops(`---\nwhile (more()) next();\n---\n<p>while (true)</p>`, 'a.astro').length, 1);
  assert.deepEqual(
    openLoops(`// while (true)\nconst text = 'for (;;)'; for (const one of [1]) String(one);`),
    [],
  );
});
