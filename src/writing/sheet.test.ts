import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readContent } from './read.ts';
import { readSheet, sheetOf } from './sheet.ts';

const { journeys, frenchJourney, traces } = readContent(new URL('../content', import.meta.url).pathname);

/** What the sheet of a language is made from. */
function madeFrom(name: string) {
  const body = (id: string) => traces.find((text) => text.id === id)?.body ?? '';
  const journey = journeys.get(name);
  assert.ok(journey);
  return { name, journey, french: frenchJourney, page: { french: body('francais'), body: body(name) } };
}

for (const name of journeys.keys())
  test(`the sheet of ${name}, untouched, comes back as it left, and read`, () => {
    const both = madeFrom(name);
    const back = readSheet(sheetOf(both), both);
    assert.ok(back.ok, JSON.stringify(back));
    assert.deepEqual(back.changed, []);
    assert.deepEqual(back.journey, { ...both.journey, relu: true });
    assert.equal(back.body.trim(), both.page.body.trim());
  });

test('beside each sentence stand its French, what it says word for word, and what is doubtful', () => {
  const both = madeFrom('tamoul');
  const sheet = sheetOf(both);
  const [key = '', doubt = ''] = Object.entries(both.journey.doutes)[0] ?? [];
  const block = sheet.split('\n\n').find((one) => one.startsWith(`[${key}]`)) ?? '';
  assert.match(block, /^ {2}français : ./m);
  assert.ok(block.includes(`> ${both.journey.mots[key]}`));
  assert.ok(block.includes(`  doute : ${doubt}`));
  assert.match(sheet, /^ {2}mot à mot : ./m);
});

test('a correction is taken, in the journey and in the page, whatever the line ends of the machine it was made on', () => {
  const both = madeFrom('anglais');
  const sheet = sheetOf(both)
    .replace(`> ${both.journey.mots['suite.sms']}`, '> We never send text messages.  ')
    .replace('> ## ', '> ## Now: ')
    .replaceAll('\n', '\r\n');
  const back = readSheet(sheet, both);
  assert.ok(back.ok, JSON.stringify(back));
  assert.deepEqual(back.changed, ['suite.sms', 'page 1']);
  assert.equal(back.journey.mots['suite.sms'], 'We never send text messages.');
  assert.match(back.body, /^## Now: /);
});

test('a sheet that lost a line, a place or what is said in French changes nothing, and says why', () => {
  const both = madeFrom('anglais');
  const sheet = sheetOf(both);
  const faults = (written: string) => {
    const back = readSheet(written, both);
    assert.ok(!back.ok);
    return back.faults.join('\n');
  };
  assert.match(
    faults(sheet.replace(/^> .*suite.*$/m, '').replace(`> ${both.journey.mots['suite.sms']}`, '')),
    /« suite.sms » : aucune ligne « > »/,
  );
  assert.match(faults(sheet.replaceAll('{chiffres}', 'xx')), /mêmes places/);
  assert.match(faults(sheet.replaceAll('vous faites erreur', 'you are wrong')), /doit y rester tel quel/);
  assert.match(faults(''), /« champ.tel.nom » : aucune ligne/);
});
