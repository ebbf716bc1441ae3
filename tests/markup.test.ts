// Every page as a browser receives it, held against the HTML standard.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { type Site, startSite } from './site.ts';

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    'form-dup-name': ['error', { shared: ['radio', 'checkbox'] }], // one answer of several boxes
    'no-redundant-for': 'off', // RGAA 11.1.1 does not count a label that only surrounds its field
    'tel-non-breaking': 'off', // it takes the words before the number for a part of it
  },
});

const filled = new URLSearchParams({ tel: '01 99 00 12 34', quand: 'lun-matin' });

let site: Site;
before(async () => {
  site = await startSite();
});
after(() => site.stop());

const visits: [string, () => Promise<Response>][] = [
  ...['/', '/appeler', '/contact', '/numeros', '/reglages', '/inconnue'].map(
    (path): [string, () => Promise<Response>] => [path, () => fetch(site.origin + path)],
  ),
  ['a form to correct', () => post('/contact/envoi', new URLSearchParams({ prenom: '<b>"&' }))],
  ['the outcome', () => post('/contact/envoi', filled)],
  ['the form that changes a request', async () => fetch(await linkIn(post('/contact/envoi', filled)))],
  ['an outcome that is gone', () => fetch(`${site.origin}/contact/suite?jeton=x`)],
  ['a cancellation too late', () => post('/contact/annuler', new URLSearchParams({ jeton: 'x' }))],
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

function post(path: string, body: URLSearchParams): Promise<Response> {
  return fetch(site.origin + path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } });
}

async function linkIn(answer: Promise<Response>): Promise<string> {
  const path = /href="(\/contact\/modifier[^"]+)"/.exec(await (await answer).text())?.[1];
  return site.origin + path;
}
