// Nothing that a built page says tells a doubt of ours: neither what is read, nor what a script, a preview or a screen reader
// takes from it, nor the settings that somebody left empty.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { doubtOf } from '../../src/writing/doubt.ts';
import { type BuiltPage, builtPages } from './built.ts';

for (const page of builtPages)
  test(`${page.path} tells no doubt of ours, seen or unseen`, () => {
    assert.deepEqual(
      saidBy(page).flatMap((words) => doubtOf(words) ?? []),
      [],
    );
  });

test('a doubt is seen, however it is spelled, and a plain sentence is let be', () => {
  for (const doubt of [
    'Jours fériés : à confirmer.',
    'Horaires et coût\u00a0: non confirmés.',
    '**à compléter par le Département**',
    "La suite ne nous est pas connue, et n'est pas connue ici.",
    'Le Département doit encore le confirmer.',
    'Ces chemins sont à vérifier\u202f!',
    "Nous n'avons pas essayé ces chemins.",
    'Numéro récent.',
    'Public non établi.',
  ])
    assert.ok(doubtOf(doubt), doubt);
  for (const plain of [
    'Vous pouvez vérifier, confirmer ou compléter.',
    'Une personne connue de vous.',
    'Les jours fériés, la ligne peut être fermée.',
    'À compléterait-on ?',
  ])
    assert.equal(doubtOf(plain), undefined, plain);
});

// A block of text each, so that no two that only stand side by side make one sentence.
function saidBy({ $ }: BuiltPage): string[] {
  const body = $('body').clone();
  body.find('script, style').remove();
  body.find('p, li, td, th, dt, dd, h1, h2, h3, label, legend, summary, button, option').append('\n');
  const told = ['content', 'alt', 'title', 'aria-label', 'placeholder', 'data-dit'].flatMap((name) =>
    $(`[${name}]`)
      .toArray()
      .map((element) => $(element).attr(name) ?? ''),
  );
  return [...body.text().split('\n'), ...told, $('title').text()];
}
