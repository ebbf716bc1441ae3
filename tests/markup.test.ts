// Every page as a browser receives it, held against the HTML standard by two checkers.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { addresses } from './accessibility/addresses.ts';
import { temporaryFolder } from './support/folder.ts';
import { type Site, startSite } from './support/site.ts';

const vnu: string = createRequire(import.meta.url)('vnu-jar');

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    'doctype-style': ['error', { style: 'lowercase' }],
    'form-dup-name': ['error', { shared: ['radio', 'checkbox'] }], // one answer of several boxes
    'no-redundant-for': 'off', // RGAA 11.1.1 does not count a label that only surrounds its field
    'tel-non-breaking': 'off', // it takes the words before the number for a part of it
  },
});

const referred = new URLSearchParams({ reference: 'galet-sapin 54', fin: '34' });
const filled = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin' });

let site: Site;
before(async () => {
  site = await startSite();
});
after(() => site.stop());

const visits: [string, () => Promise<Response>][] = [
  ...addresses.map((path): [string, () => Promise<Response>] => [path, () => fetch(site.origin + path)]),
  ['a form to correct', () => post('/contact/envoi', new URLSearchParams({ prenom: '<b>"&' }))],
  ['the outcome', () => post('/contact/envoi', filled)],
  ['the form that changes a request', async () => fetch(await linkIn(post('/contact/envoi', filled)))],
  ['the form that asks for a reference', () => fetch(`${site.origin}/contact/annuler`)],
  ['a reference to correct', () => post('/contact/annuler', new URLSearchParams({ reference: '<b>"&' }))],
  ['a cancellation by reference', () => post('/contact/annuler', referred)],
  ['a cancellation that is not ours', () => post('/contact/annuler', new URLSearchParams({ jeton: 'x' }))],
  ['a refused post', () => fetch(`${site.origin}/contact/envoi`, { method: 'POST', body: 'x' })],
];

for (const [name, visit] of visits) {
  test(`${name} is valid HTML`, async () => {
    const { results } = await validator.validateString(await (await visit()).text());
    assert.deepEqual(
      results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, selector }) => ({ ruleId, message, selector })),
      ),
      [],
    );
  });
}

const hasJava = spawnSync('java', ['-version']).status === 0;

test('the Nu checker finds nothing in any page', { skip: hasJava ? false : 'no Java here' }, async () => {
  const folder = temporaryFolder();
  for (const [index, [, visit]] of visits.entries())
    writeFileSync(join(folder, `${index}.html`), await (await visit()).text());
  assert.deepEqual(nuErrors(folder), []);
  writeFileSync(join(folder, 'wrong.html'), '<!doctype html><title>x</title><p><ul></ul></p>');
  assert.notDeepEqual(nuErrors(folder), [], 'a checker that finds nothing');
});

// Errors, and warnings of its own: a page has none of either.
function nuErrors(folder: string): string[] {
  const { stderr } = spawnSync('java', ['-jar', vnu, '--format', 'json', '--skip-non-html', folder]);
  const { messages } = JSON.parse(String(stderr));
  return messages.map(({ url, message, extract }: Record<string, string>) => {
    const visited = visits[Number.parseInt(url?.split('/').at(-1) ?? '', 10)]?.[0];
    return `${visited}: ${message} ${extract}`;
  });
}

function post(path: string, body: URLSearchParams): Promise<Response> {
  return fetch(site.origin + path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } });
}

async function linkIn(answer: Promise<Response>): Promise<string> {
  const path = /href="(\/contact\/modifier[^"]+)"/.exec(await (await answer).text())?.[1];
  return site.origin + path;
}
