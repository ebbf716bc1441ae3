import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frenchMarked, frenchTypography } from './typography.ts';

test('text gets its no-break spaces', () => {
  const [narrow, wide] = ['\u202f', '\u00a0'];
  assert.equal(
    frenchTypography('<p>Quand ? Ici : « oui » ; 9 h, 116 006, 24 h/24, 7 j/7 !</p>'),
    `<p>Quand${narrow}? Ici${wide}: «${wide}oui${wide}»${narrow}; 9${wide}h, 116${wide}006, 24${wide}h/24, 7${wide}j/7${narrow}!</p>`,
  );
});

test('tags, attributes, scripts and styles are left alone', () => {
  const html = '<input value="où ?"><script>a ? b : c</script><style>a { b : c }</style>';
  assert.equal(frenchTypography(html), html);
});

test('in another language, what stays French says so: words, not titles, attributes nor what was typed', () => {
  const fr = (words: string) => `<span lang="fr" dir="ltr">${words}</span>`;
  assert.equal(
    frenchMarked('<p>“vous faites erreur” — Un premier pas</p>'),
    `<p>“${fr('vous faites erreur')}” — ${fr('Un premier pas')}</p>`,
  );
  const kept =
    '<title>Un premier pas</title><p data-dit="Un premier pas"><textarea>vous faites erreur</textarea></p>';
  assert.equal(frenchMarked(kept), kept);
});
