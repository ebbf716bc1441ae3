// What the build left is loaded whole at the start, and a page that breaks is told from one that refuses.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadRender } from './renderer.ts';

/** A folder as the build leaves it, with an entry that answers by status, and one more module. */
function builtWith(module: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'un-premier-pas-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  const answer = "new Response('bonjour ' + locals.token, { status: Number(path.slice(1)) })";
  writeFileSync(join(folder, 'entry.mjs'), `export const respond = async (path, locals) => ${answer};`);
  writeFileSync(join(folder, 'page.mjs'), module);
  return folder;
}

const locals = { token: 'abc' } as App.Locals;

test('a module that does not load stops the start, not a first visitor', async () => {
  await assert.rejects(loadRender(builtWith("import './absent.mjs';")), { code: 'ERR_MODULE_NOT_FOUND' });
  await assert.rejects(loadRender(builtWith('throw new TypeError();')), TypeError);
  await assert.rejects(loadRender(join(builtWith(''), 'absent')), { code: 'ENOENT' });
});

test('a page comes with its status, an error excepted', async () => {
  const render = await loadRender(builtWith(''));
  for (const status of [200, 410, 422, 503]) {
    const page = await render(`/${status}`, locals);
    assert.deepEqual([page.status, `${page.html}`], [status, 'bonjour abc']);
  }
  for (const status of [500, 508]) await assert.rejects(render(`/${status}`, locals), /The page broke/);
});
