import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placesByCommune } from './near.ts';

test('places stand under their commune, in the order of the alphabet, with their number to tap', () => {
  const found = placesByCommune([
    {
      enonce: '',
      pres: { commune: 'Vincennes', nom: 'Un lieu', quoi: 'Écoute.', telephone: '01 99 00 12 34' },
    },
    { enonce: '' },
    { enonce: '', pres: { commune: 'Évry', nom: 'Un autre', quoi: 'Droits.', quand: 'le lundi' } },
    { enonce: '', pres: { commune: 'Vincennes', nom: 'Un dernier', quoi: 'Soins.' } },
  ]);
  assert.deepEqual(
    found.map(({ commune, places }) => [commune, ...places.map(({ name }) => name)]),
    [
      ['Évry', 'Un autre'],
      ['Vincennes', 'Un lieu', 'Un dernier'],
    ],
  );
  assert.equal(found[1]?.places[0]?.phone?.dial, 'tel:+33199001234');
  assert.equal(found[0]?.places[0]?.when, 'le lundi');
  assert.equal(found[1]?.places[1]?.phone, undefined);
});

test('without a single place, there is nothing to show', () => {
  assert.deepEqual(placesByCommune([{ enonce: '' }]), []);
});
