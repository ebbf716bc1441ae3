// The pages of other languages are written as their languages write, and say in each what keeps somebody safe.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tonguesOf } from '../../src/kit/languages.ts';
import { hourIn } from '../../src/service/hours-in-language.ts';
import { opening } from '../../src/service/service.ts';
import { type BuiltPage, builtPages } from './built.ts';

const root = new URL('../..', import.meta.url).pathname;
const every = builtPages.filter(({ path }) => path.startsWith('/langues/'));
const pages = every.filter(({ path }) => /^\/langues\/\w+$/.test(path));

/** What no language can leave out, as each says it: the police, whose fault it is not, when the 3919 does not answer. */
const said: Record<string, { police: string; fault: string; limit: string }> = {
  anglais: { police: 'police', fault: 'not your fault', limit: 'not at every hour' },
  arabe: { police: 'الشرطة', fault: 'ليس ذنبكم', limit: 'ليس في كل الأوقات' },
  bengali: { police: 'পুলিশ', fault: 'আপনার দোষ নয়', limit: 'সব সময়ে নয়' },
  chinois: { police: '警察', fault: '不是您的错', limit: '不是任何时间都有' },
  espagnol: { police: 'policía', fault: 'no es culpa suya', limit: 'no a todas horas' },
  persan: { police: 'پلیس', fault: 'تقصیر شما نیست', limit: 'نه در همهٔ ساعت‌ها' },
  polonais: { police: 'policja', fault: 'nie jest twoją winą', limit: 'nie o każdej porze' },
  portugais: { police: 'polícia', fault: 'não é culpa sua', limit: 'não a todas as horas' },
  roumain: { police: 'poliția', fault: 'nu este vina dumneavoastră', limit: 'nu la orice oră' },
  russe: { police: 'полиция', fault: 'нет вашей вины', limit: 'не в любое время' },
  tamoul: { police: 'காவல்துறை', fault: 'உங்கள் தவறல்ல', limit: 'எல்லா நேரத்திலும் அல்ல' },
  turc: { police: 'polis', fault: 'sizin suçunuz değil', limit: 'her saatte değil' },
  ukrainien: { police: 'поліція', fault: 'не ваша провина', limit: 'не о будь-якій годині' },
  vietnamien: {
    police: 'cảnh sát',
    fault: 'không phải là lỗi của quý vị',
    limit: 'không phải giờ nào cũng có',
  },
};

test('every language page is held to what it must say', () => {
  assert.deepEqual(
    pages.map(({ path }) => path.slice('/langues/'.length)).toSorted(),
    Object.keys(said).toSorted(),
  );
});

for (const page of every) {
  const { path, $ } = page;
  const language = $('html').attr('lang') ?? '';

  test(`${path} writes hours as its language does`, () => {
    const text = wordsOf(page);
    for (const minutes of [opening.opensAt, opening.closesAt])
      assert.ok(text.includes(hourIn(language, minutes).replaceAll('\u00a0', ' ')));
    if (!/^(es|pt)/.test(language)) assert.doesNotMatch(text, /\d\s*h(?!\p{L})/u);
  });

  test(`${path} has the marks of its language`, () => {
    const text = wordsOf(page);
    assert.doesNotMatch(text, /\s:/, 'a space before a colon is French');
    if (language === 'ar') assert.doesNotMatch(text, /[,;?]/);
    if (language.startsWith('zh')) assert.doesNotMatch(text, /[,.;?!]|：\s/);
  });

  test(`${path} closes each isolate that it opens`, () => {
    const marks = [...wordsOf(page)].filter((sign) => /[\u2066-\u2069]/.test(sign)).join('');
    assert.match(marks, /^(\u2066\u2069)+$/);
  });

  test(`${path} tells what is French in it`, () => {
    const found = $('body *')
      .contents()
      .toArray()
      .filter((node) => node.type === 'text' && /vous faites erreur|Un premier pas/.test(node.data));
    assert.ok(found.length > 0);
    for (const node of found) assert.equal($(node).closest('[lang]').attr('lang'), 'fr', $(node).text());
  });

  test(`${path} has a capital only where a sentence begins`, () => {
    assert.doesNotMatch(wordsOf(page), /[,:]\s*\u2066?(De (lunes|segunda|luni)|Pazartesi|З понеділка)/u);
  });
}

for (const page of pages) {
  const { path, $ } = page;
  const id = path.slice('/langues/'.length);

  test(`${path} says the police, a bed, the line for women with its limit, and whose fault it is not`, () => {
    const text = wordsOf(page);
    const { police, fault, limit } = said[id] ?? assert.fail(id);
    assert.ok($('.urgent').text().includes(police), 'beside the 17, before everything else');
    for (const words of [fault, limit]) assert.ok(text.includes(words), words);
    for (const number of ['115', '3919']) assert.equal($(`main a[href="tel:${number}"]`).length, 1, number);
  });

  test(`${path} keeps no French but names, and leads from its top to what it says of traces`, () => {
    const french = $('[lang=fr]')
      .toArray()
      .map((element) => $(element).text().trim());
    assert.deepEqual(
      french.filter((text) => !['Un premier pas', 'français'].includes(text)),
      [],
    );
    assert.equal($('.limits').attr('href'), `${path}/traces`);
  });
}

test('a poster says in its language what the line is', () => {
  const tongues = tonguesOf(`${root}src/content`);
  assert.equal(tongues.length, 9);
  for (const { id, pitch, hours } of tongues) {
    assert.match(pitch, /[.。]$/u, id);
    if (!/^(espagnol|portugais)$/.test(id)) assert.doesNotMatch(hours, /\d\s*h/, id);
  }
});

// The words of a page in its language: the names of the others, and what leads to a French form, are left out.
function wordsOf({ $ }: BuiltPage): string {
  const body = $('body').clone();
  body.find('script, style, li [lang]').remove();
  body.find('p, li, h1, h2, button').append(' ');
  return body
    .text()
    .replace(/\u2060/g, '')
    .replace(/[^\S\u2028]+/g, ' ');
}
