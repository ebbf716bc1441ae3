// The site in lynx, which knows nothing of styles, scripts or `hidden`: each page reads in order, and a request can be
// typed, corrected and noted.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { temporaryFolder } from '../support/folder.ts';
import { type Mailbox, mailSettings, openMailbox } from '../support/mailbox.ts';
import { type Site, startSite } from '../support/site.ts';
import { addresses } from './addresses.ts';

const skip =
  spawnSync('lynx', ['-version']).status === 0 ? false : 'lynx is not installed (Debian package: lynx)';

// A screen on which every page is whole: Tab then goes from each link, field and button to the next.
const env = { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'vt100', LINES: '400', COLUMNS: '100' };

let mailbox: Mailbox;
let site: Site;
before(async () => {
  mailbox = await openMailbox();
  site = await startSite(mailSettings(mailbox));
});
after(async () => {
  await site.stop();
  await mailbox.close();
});

/** A page as lynx writes it; with `form`, the answer to it. */
function written(path: string, form?: string): string {
  const args = ['-dump', '-number_fields', '-width=100', '-display_charset=utf-8', site.origin + path];
  const posting = form === undefined ? [] : ['-post_data'];
  const input = `${form ?? ''}\n---\n`;
  return spawnSync('lynx', [...posting, ...args], { env, input, encoding: 'utf8' }).stdout; // 404 is an error to it
}

const words = (text: string) => text.replace(/\[\d+\]/g, ' ').replace(/\s+/g, ' ');

/** The headings of a page, in order, as words. */
async function headingsAt(path: string): Promise<string[]> {
  const html = await (await fetch(site.origin + path)).text();
  const found = [...html.matchAll(/<h[1-6][^>]*>(.*?)<\/h[1-6]>/gs)];
  return found.map((match) =>
    words((match[1] ?? '').replace(/<[^>]+>/g, '').replaceAll('&nbsp;', ' ')).trim(),
  );
}

for (const path of addresses) {
  test(`in a text browser, ${path} has the exit first, then its headings in order, the number and the hours`, {
    skip,
  }, async () => {
    const text = written(path);
    const html = await (await fetch(site.origin + path)).text();
    const exit = />([^<]+)<\/a>/.exec(html.slice(html.indexOf('id="quitter"')))?.[1];
    assert.ok(text.trimStart().startsWith(`[1]${exit}`), `${exit} is not the first link`);
    assert.match(words(text), /01 89 11 94 94/);
    assert.match(
      words(text),
      path.startsWith('/langues/')
        ? /9 h.{1,9}17 h|9 am.{1,9}5 pm|0?9[:.]00.{1,9}17[:.]00/
        : /du lundi au vendredi, de 9 h à 17 h/,
    );
    let from = 0;
    for (const heading of await headingsAt(path)) {
      const at = words(text).indexOf(heading, from);
      assert.ok(at >= from, `« ${heading} » is not there, or not in its place`);
      from = at + heading.length;
    }
    assert.ok(from > 0, 'no heading');
  });

  test(`in a text browser, ${path} does not say that something failed`, { skip }, () => {
    assert.doesNotMatch(words(written(path)), /La page n’est pas arrivée|Le site n’a pas répondu/);
  });
}

test('in a text browser, an empty request is answered by what to correct, and what was typed', {
  skip,
}, () => {
  const text = words(written('/contact/envoi', 'prenom=Tournesol'));
  assert.match(text, /Votre demande n’est pas encore partie/);
  assert.match(text, /Écrivez le numéro où nous pouvons vous appeler\./);
  assert.match(text, /Choisissez au moins un moment où nous pouvons appeler\./);
  assert.match(text, /Tournesol/);
});

test('in a text browser, a request typed key by key is noted, and reaches the team', { skip }, async () => {
  const form = written('/contact');
  // Tab stops at each link, field and button; those that only a script would use have no number.
  const stops = [...form.matchAll(/(?:\[\d+\]|\(BUTTON\))([^[(\n]{0,40}(?:\[ \])?)/g)].map(
    (match) => match[1] ?? '',
  );
  const stop = (what: RegExp) => {
    const found = stops.findIndex((text) => what.test(text));
    assert.ok(found >= 0, `no ${what} in ${form}`);
    return found;
  };
  const [tel, moment, button] = [stop(/^_{5}/), stop(/^\[ \]/), stop(/^BUTTON\) Envoyer/)];
  const tabs = (count: number) => Array<string>(count).fill('<tab>');
  const typed = [
    ...[...tabs(tel), ...'0199004321'],
    ...[...tabs(moment - tel), '^J'],
    ...[...tabs(button - moment), '^J'],
    ...['Q', 'y'],
  ];
  const script = join(temporaryFolder(), 'keys');
  writeFileSync(script, typed.map((key) => `key ${key}\n`).join(''));
  const screen = execFileSync(
    'lynx',
    [`-cmd_script=${script}`, '-display_charset=utf-8', `${site.origin}/contact`],
    {
      env,
      encoding: 'utf8',
      timeout: 60_000,
    },
  );
  assert.match(screen, /C’est noté/);
  const [mail] = await mailbox.received(1);
  assert.match(mail?.text ?? '', /\+33199004321/);
});
