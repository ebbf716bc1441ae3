import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frenchTypography } from './typography.ts';

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
