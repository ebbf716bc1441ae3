// What a person has read after her request is what the team is told: each sentence of that page has its line in the e-mail, and
// a sentence without one fails here. once.test.ts holds the other way: nothing is ordered that she has not read.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { load } from 'cheerio';
import { parisInstant } from '../src/service/calendar.ts';
import { temporaryFolder } from './support/folder.ts';
import { mailSettings, openMailbox } from './support/mailbox.ts';
import { startSite } from './support/site.ts';

const mailbox = await openMailbox();
const CLOCK_FILE = join(temporaryFolder(), 'clock');
const preload = new URL('outages/wrong-clock.ts', import.meta.url).href;
const setClock = (date: string, minutes: number) =>
  writeFileSync(CLOCK_FILE, String(parisInstant(date, minutes).getTime() - Date.now()));
setClock('2026-12-21', 10 * 60 + 5); // Monday, in a week with a public holiday
const clock = { NODE_OPTIONS: `--import ${preload}`, CLOCK_FILE };
const site = await startSite({ ...mailSettings(mailbox), ...clock });
after(async () => {
  await site.stop();
  await mailbox.close();
});

/** A sentence of the page → its line: in the text of the e-mail, or in its agenda. */
const pairs: [sentence: RegExp, line: (...found: string[]) => RegExp][] = [
  [
    /^Nous appellerons le numéro finissant par (\d\d), à l’un de ces moments :$/,
    (ending) => new RegExp(`^  01 99 00 00 ${ending}   \\(\\+331990000${ending}\\)$`, 'm'),
  ],
  [
    /^Nous appellerons le numéro finissant par (\d\d), (\S+ \S+ \S+) entre (.*) et (.*)\.$/,
    (ending, day, from, to) =>
      new RegExp(`^  01 99 00 00 ${ending} .*\n  - ${day} \\d{4}, [^\n]*, ${from} – ${to}`, 'm'),
  ],
  [
    /^Nous appellerons le numéro finissant par (\d\d), à un moment d’ouverture, du (\S+ \S+ \S+) .*au (\S+ \S+ \S+), /,
    (ending, first, last) =>
      new RegExp(
        `^  01 99 00 00 ${ending} .*\n  - à tout moment d’ouverture .*, du ${first} .* au ${last} `,
        'm',
      ),
  ],
  [
    /^(\S+ \S+ \S+) entre (.*) et (.*)$/,
    (day, from, to) => new RegExp(`^  - ${day} \\d{4}, .*, ${from} – ${to}`, 'm'),
  ],
  [
    /^(\S+ \S+ \S+) à partir de (.*), jusqu’à (.*)$/,
    (day, from, to) => new RegExp(`^  - ${day} \\d{4}, .*, à partir de ${from}, jusqu’à ${to}$`, 'm'),
  ],
  [
    /^Le (\S+ \S+ \S+) est férié : ce sera le (\S+ \S+ \S+)\.$/,
    (out, day) =>
      new RegExp(`^  - ${day} \\d{4}, .* \\(à la place du ${out} \\d{4}, férié ou fermé\\)$`, 'm'),
  ],
  [/^Référence : (.*?)\. /, (reference) => new RegExp(`^Réf\\. ${reference} reçue le `, 'm')],
  [/^Un seul essai\.$/, () => /^ {2}- Essais : 1$/m],
  [
    /^Deux essais au plus, à une heure d’écart au moins\.$/,
    () => /^ {2}- Essais : 2, à une heure d’écart au moins/m,
  ],
  [
    /^Si quelqu’un d’autre répond, nous raccrochons sans parler\.$/,
    () => /^ {2}4\. Une autre personne, ou un doute : raccrocher sans parler\.$/m,
  ],
  [
    /^Si quelqu’un d’autre répond, nous pouvons dire « erreur de numéro »/,
    () => /^ {2}4\. Une autre personne, .* dire « erreur de numéro », puis RACCROCHER\.$/m,
  ],
  [
    /^Si quelqu’un d’autre répond, nous pouvons dire la phrase que vous avez écrite/,
    () => /^ {2}4\. Une autre personne, .* dire « une phrase », puis RACCROCHER\.$/m,
  ],
  [
    /^Si vous ne répondez pas, nous ne laissons aucun message\.$/,
    () => /^ {2}- Message vocal : NON\. Raccrocher avant le signal sonore\.$/m,
  ],
  [
    /^Si vous ne répondez pas, nous pouvons laisser un message neutre/,
    () => /^ {2}- Message vocal : OUI, ces mots/m,
  ],
  [
    /^Si vous ne répondez pas, nous pouvons laisser un message qui dit « Un premier pas »/,
    () => /^ {2}- Message vocal : OUI, en disant « Un premier pas »/m,
  ],
  [/^Nous n’envoyons pas de SMS\.$/, () => /^ {2}- SMS : NON$/m],
  [/^Le numéro qui appelle peut s’afficher\.$/, () => /^(?![\s\S]*Annoncé à la personne)/],
  [
    /^Si l’équipe ne peut pas appeler à ces moments, elle n’appelle pas\.$/,
    () => /^ {2}- Appeler en dehors des moments ci-dessous, ou un jour férié : NON$/m,
  ],
  [/^Si nous ne vous joignons pas, nous n’insistons pas/, () => /^ {2}- Plus d’appel après le /m],
  [
    /^Si ce n’est pas le bon moment, .* vous pouvez dire « vous faites erreur » : nous raccrochons et ne rappelons pas\.$/,
    () => /^ {2}3\. « Vous faites erreur », .* raccrocher\. NE PLUS RAPPELER/m,
  ],
  [
    /^Modifier : |^Annuler : |^Une fois cette page fermée/,
    () => /^DESCRIPTION:Relire la boîte avant d’appeler/m,
  ],
];

/** Every sentence of the page that confirms a request, as a person reads it. */
function sentencesOf(html: string): string[] {
  const page = load(html);
  return page('#suite p, #suite li')
    .toArray()
    .filter((element) => page(element).closest('form, template, [hidden]').length === 0)
    .map((element) => page(element).text().replace(/\s+/g, ' ').trim())
    .filter(Boolean);
}

let numbers = 40;

async function asked(
  form: Record<string, string | string[]>,
): Promise<{ sentences: string[]; mail: string }> {
  const tel = `01 99 00 00 ${numbers++}`;
  const body = new URLSearchParams({ tel });
  for (const [name, values] of Object.entries(form))
    for (const value of [values].flat()) body.append(name, value);
  const { length } = mailbox.mails;
  const answer = await fetch(`${site.origin}/contact/envoi`, { method: 'POST', body, redirect: 'manual' });
  const page = await fetch(site.origin + (answer.headers.get('location') ?? ''));
  const [text, agenda] = await mailbox
    .received(length + 1)
    .then(([...mails]) => [mails.at(-1)?.text ?? '', String(mails.at(-1)?.attachments[0]?.content)]);
  assert.ok(text?.includes(tel));
  return { sentences: sentencesOf(await page.text()), mail: `${text}${agenda}` };
}

test('each sentence of the page has its line in the e-mail, whatever was chosen', async () => {
  const met = new Set<RegExp>();
  const choices = [
    { quand: 'mar-matin' },
    { quand: ['lun-matin', 'mar-midi', 'ven-matin'], tiers: 'erreur', message: 'neutre', essais: '2' },
    { quand: 'mer-midi', tiers: 'autre', tiers_phrase: 'une phrase', message: 'nom', mot: 'un mot' },
  ];
  const check = async (choice: (typeof choices)[number] | { quand: string }) => {
    const { sentences, mail } = await asked(choice);
    for (const sentence of sentences) {
      const [pair, ...others] = pairs.filter(([pattern]) => pattern.test(sentence));
      assert.ok(pair && others.length === 0, `« ${sentence} » has no line of its own`);
      const [, ...found] = pair[0].exec(sentence) ?? [];
      assert.match(mail, pair[1](...found), sentence);
      met.add(pair[0]);
    }
  };
  for (const choice of choices) await check(choice);
  setClock('2026-11-23', 10 * 60 + 5); // a week like any other
  await check({ quand: 'tous' });
  assert.deepEqual(
    pairs.map(([pattern]) => pattern).filter((pattern) => !met.has(pattern)),
    [],
  );
});
