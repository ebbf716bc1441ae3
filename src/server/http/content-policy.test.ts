// Which scripts and styles each kind of page may run.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { framePaths, policiesFor } from './content-policy.ts';

const hashesOf = (...names: string[]) => ({ script: names.map((name) => `'${name}'`), style: ["'style'"] });

// The form in a frame, in each language.
function ofEachFrame<Of>(of: Of): Record<string, Of> {
  return Object.fromEntries(framePaths.named.map((path) => [path, of]));
}

const hashes = {
  '/': hashesOf('exit', 'page'),
  '/contact/verification': hashesOf('exit', 'verification'),
  '/encart': hashesOf('frame-exit'),
  ...ofEachFrame(hashesOf('frame-exit', 'form')),
  '/kit': hashesOf('exit', 'copy', 'page'),
  '/pros': hashesOf('exit', 'check', 'page'),
  'on demand': hashesOf('page', 'exit', 'later'),
};

function scriptsIn(policy: string): string {
  return /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
}

test('each page runs its own scripts, those rendered on demand included, each named once', () => {
  const policies = policiesFor(hashes, { plays: false });
  assert.equal(scriptsIn(policies.plain), "'exit' 'page' 'later'");
  assert.equal(scriptsIn(policies.framing), "'exit' 'page' 'later'");
  assert.equal(scriptsIn(policies.partners), "'exit' 'page' 'later' 'check' 'copy'");
  assert.equal(scriptsIn(policies.frame), "'frame-exit' 'form'");
  assert.match(
    scriptsIn(policies.verification),
    /^'exit' 'verification' 'strict-dynamic' https:\/\/hcaptcha.com /,
  );
});

test('a page without a script runs none', () => {
  const none = { script: [], style: [] };
  const policy = policiesFor({ ...hashes, '/encart': none, ...ofEachFrame(none) }, { plays: false }).frame;
  assert.match(policy, /;script-src 'none';style-src 'none';/);
});

test('a built site that lacks a page of its own stops the start', () => {
  const { '/pros': _, ...others } = hashes;
  assert.throws(() => policiesFor(others, { plays: false }), /no hashes of \/pros/);
});
