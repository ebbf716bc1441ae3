// What the settings give for the pages that the law asks for, and what stands there until they do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingNames, publisherName, publisherNames } from './publisher.ts';

const placeholders = Object.keys(publisherNames);
const needed = Object.values(publisherNames).filter(({ isOptional }) => !isOptional);

test('what a setting gives stands for its placeholder, without the space around it', () => {
  for (const [placeholder, { setting }] of Object.entries(publisherNames))
    assert.equal(publisherName(placeholder, { [setting]: ' 1 rue d’Exemple ' }), '1 rue d’Exemple');
  assert.equal(publisherName('reglage-inconnu', {}), undefined);
});

test('until it is given, a page says whom to ask, and the setting is told as missing', () => {
  const words = ['', '  ', 'à compléter', 'À COMPLÉTER par le Département', 'A completer'];
  for (const unanswered of [...words, 'dpo@exemple.fr', 'https://www.exemple.fr/joindre']) {
    const environment = Object.fromEntries(
      Object.values(publisherNames).map(({ setting }) => [setting, unanswered]),
    );
    for (const placeholder of placeholders)
      assert.match(publisherName(placeholder, environment) ?? '', /au Département/, placeholder);
    assert.equal(missingNames(environment).length, needed.length, unanswered);
  }
});

test('what is given is missing no more', () => {
  const missing = missingNames({ DPO_CONTACT: 'dpo@departement.example' });
  assert.equal(missing.length, needed.length - 1);
  assert.ok(!missing.join().includes('DPO_CONTACT'));
  assert.ok(missing.includes('PUBLISHER_ADDRESS (adresse du Département)'));
  assert.ok(!missing.join().includes('PROS_CONTACT'), 'a site opens without it');
});
