// A build that cannot open says so between two rules, and lists what is missing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingNames, publisherNames } from '../src/settings/publisher.ts';
import { openingNotice } from './opening-notice.ts';

test('every missing setting that the law asks for is listed, once, between two rules', () => {
  const [, first, title, ...lines] = (openingNotice(missingNames({})) ?? '').split('\n');
  assert.match(first ?? '', /^═{60,}$/);
  assert.equal(lines.at(-1), first);
  assert.match(title ?? '', /^CES PAGES NE PEUVENT PAS OUVRIR/);
  for (const { setting, isOptional } of Object.values(publisherNames)) {
    const listed = lines.filter((line) => line.startsWith(`  - ${setting} (`));
    assert.equal(listed.length, isOptional ? 0 : 1, setting);
  }
});

test('with nothing missing, nothing is said', () => {
  assert.equal(openingNotice([]), undefined);
});
