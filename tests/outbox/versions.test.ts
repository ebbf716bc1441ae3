// CHANGELOG.md says of each version whether it changes what waits: who goes back must know before going forward.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { scheduleVersion } from '../../src/server/outbox/postgres/schedule-version.ts';
import { schemaVersion as postgresVersion } from '../../src/server/outbox/postgres/schema.ts';
import { schemaVersion as sqliteVersion } from '../../src/server/outbox/sqlite/schema.ts';

const changelog = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');

const said =
  /^- \*\*Boîte d'envoi changée : (oui|non)\*\* \((fichier \d+, PostgreSQL \d+, pg-boss \d+)\)\.$/gm;

// The newest first.
const sections = changelog.split(/^## /m).slice(1);

test('each version says once whether it changes the outbox, and of what versions its tables are', () => {
  for (const section of sections) assert.equal([...section.matchAll(said)].length, 1, section.slice(0, 40));
});

test('the newest says what this program writes; each says oui when the one before wrote another', () => {
  const all = [...changelog.matchAll(said)].map(([, changed, versions]) => ({ changed, versions }));
  const ours = `fichier ${sqliteVersion}, PostgreSQL ${postgresVersion}, pg-boss ${scheduleVersion}`;
  assert.equal(all[0]?.versions, ours);
  for (const [index, { changed, versions }] of all.entries())
    assert.equal(changed, versions === all[index + 1]?.versions ? 'non' : 'oui', `${versions}`);
});
