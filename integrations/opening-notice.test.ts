// A build that cannot open says so in a frame that holds together, and lists what is missing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingNames, publisherNames } from '../src/settings/publisher.ts';
import { openingNotice } from './opening-notice.ts';

test('every missing setting is listed, once, in a frame of one width', () => {
  const notice = openingNotice(missingNames({})) ?? '';
  const [, ...lines] = notice.split('\n');
  assert.match(lines[1] ?? '', /CES PAGES NE PEUVENT PAS OUVRIR/);
  assert.equal(new Set(lines.map((line) => line.length)).size, 1, notice);
  for (const { setting } of Object.values(publisherNames))
    assert.equal(lines.filter((line) => line.startsWith(`║   - ${setting} (`)).length, 1, setting);
});

test('with nothing missing, nothing is said', () => {
  assert.equal(openingNotice([]), undefined);
});
