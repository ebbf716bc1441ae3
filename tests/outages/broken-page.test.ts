// A page that breaks while it is rendered: the server shows the number instead, and nothing of the visit is written.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { builtFolder } from '../../src/server/http/built-pages.ts';
import { loadRender } from '../../src/server/http/renderer.ts';

test('what the error of a page says reaches neither output', async (context) => {
  const render = await loadRender(join(builtFolder, 'server'));
  const now = (): never => {
    throw new Error('Tournesol, 01 99 00 12 34'); // what a message could quote
  };
  const locals = {
    form: new FormData(),
    token: 'x',
    setback: undefined,
    sitekey: undefined,
    effects: { now },
  };
  const writes = [process.stdout, process.stderr].map(
    (stream) => context.mock.method(stream, 'write', () => true).mock,
  );
  await assert.rejects(render('/contact/suite', locals as unknown as App.Locals), /^Error: The page broke$/);
  const written = writes.flatMap(({ calls }) => calls.map((call) => String(call.arguments[0]))).join('');
  context.mock.restoreAll();
  assert.doesNotMatch(written, /Tournesol|01 99/);
});
