// `npm run bench exit`: the same checks on our exit and on the GOV.UK one, side by side, in a real Chromium; then those of
// leaving on our exit as another site has it (`npm run composant`).
// Writes docs/mesures/sortie.md. A check that fails says so in its cell: no figure is better than a false one.
import { writeFileSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';
import { chromiumPath } from '../tests/support/browser.ts';
import { buildComponent, serveComponent } from '../tests/support/component.ts';
import { startSite } from '../tests/support/site.ts';
import * as button from './button.ts';
import * as checks from './checks.ts';
import { exitUrl, govukFile, type Subject, serveGovuk } from './visit.ts';

const timedRuns = 15;

type Row = { name: string; check: checks.Check; runs?: string };

const afterwards: Row[] = [
  { name: 'Retour après la sortie : ce qui s’affiche', check: checks.back },
  { name: 'Téléphone tapé, encore là au Retour', check: checks.typedPhone },
  { name: 'Ce que le site de sortie apprend (Referer)', check: checks.referer(true) },
  { name: 'La même chose sans JavaScript', check: checks.referer(false) },
];

const leaving: Row[] = [
  ...afterwards,
  { name: 'Site de sortie lent, après une seconde', check: checks.slow },
  { name: 'Chargement arrêté pendant qu’il se tait', check: checks.stoppedLoad },
  { name: 'Clic du milieu', check: checks.otherClick('middle') },
  { name: 'Clic avec Ctrl', check: checks.otherClick('left', ['Control']) },
  { name: 'Clic avec Maj', check: checks.otherClick('left', ['Shift']) },
  { name: 'Second onglet du site', check: checks.secondTab },
  { name: 'Raccourci clavier voulu, curseur dans un champ', check: checks.shortcut },
];

const rows: Row[] = [
  ...leaving,
  accident('trois majuscules dans un champ', '+Shift +KeyM -KeyM -Shift '.repeat(3)),
  accident('trois majuscules, Maj relâchée la première', '+Shift +KeyM -Shift -KeyM '.repeat(3)),
  accident('trois chiffres d’un clavier AZERTY', '+Shift +Digit1 -Digit1 -Shift '.repeat(3)),
  accident('trois clics dans la page avec Maj', '+Shift click -Shift '.repeat(3)),
  accident('Échap une fois', '+Escape -Escape'),
  accident('Maj + Tab trois fois', '+Shift +Tab -Tab -Shift '.repeat(3)),
  accident('bouton pressé, souris relâchée ailleurs', 'drag'),
  accident('défilement au doigt commencé sur le bouton', 'scroll'),
  { name: 'Le bouton, écran de 320 px de large', check: button.box },
  { name: 'Poids propre à la sortie, réduit, non compressé', check: button.weight },
];

function accident(name: string, gestures: string): Row {
  return { name: `Par accident : ${name}`, check: button.accident(gestures), runs: 'cinq passages' };
}

const site = await startSite();
const contact = `${site.origin}/contact`;
const govuk = await serveGovuk(await (await fetch(contact)).text());
const alone = await serveComponent(buildComponent(), { exit: exitUrl });
const browser = await chromium.launch({
  executablePath: await chromiumPath(),
  ignoreDefaultArgs: ['--disable-back-forward-cache'], // Back as people have it
});
try {
  const report = await reportOf(browser);
  writeFileSync(new URL('../docs/mesures/sortie.md', import.meta.url), report);
  console.log(report);
} finally {
  await browser.close();
  govuk.stop();
  alone.close();
  await site.stop();
}

async function reportOf(browser: Browser): Promise<string> {
  const ours = { url: contact, button: '#quitter', shortcut: ['Escape', 'Escape'] };
  const component = { ...ours, url: alone.origin };
  const theirs = {
    url: govuk.origin,
    button: '.govuk-exit-this-page__button',
    shortcut: ['Shift', 'Shift', 'Shift'],
  };
  const sober = { ...theirs, url: `${govuk.origin}/?sobre` };
  const table = [];
  for (const row of rows) {
    table.push(await measure(browser, row, [ours, theirs]));
    console.error(table.at(-1)?.join(' | '));
  }
  table.push(await hidingRow(browser, [ours, theirs]));
  const soberTable = [];
  for (const row of afterwards) soberTable.push(await measure(browser, row, [ours, sober]));
  const aloneTable = [];
  for (const row of leaving) aloneTable.push(await measure(browser, row, [component, theirs]));
  const day = process.env.DAY ?? new Date().toISOString().slice(0, 10);
  const { version } = JSON.parse(govukFile('package.json'));
  return page({ day, chromium: browser.version(), govuk: version, table, soberTable, aloneTable });
}

// What throws becomes words, without a verdict.
async function measure(browser: Browser, { name, check, runs = 'un passage' }: Row, pair: Subject[]) {
  const found: checks.Finding[] = [];
  for (const subject of pair) {
    const failed = ({ message }: Error) => ({
      words: `erreur : ${message.split('\n')[0]}`,
      faults: Number.NaN,
    });
    found.push(await check(browser, subject).catch(failed));
  }
  const [ours, theirs] = found as [checks.Finding, checks.Finding];
  const gap = theirs.faults - ours.faults;
  const better = Number.isNaN(gap) ? '–' : gap > 0 ? 'la nôtre' : gap < 0 ? 'GOV.UK' : 'égal';
  return [name, ours.words, theirs.words, better, runs];
}

// Interleaved, each first in turn: what slows the machine for a moment slows both.
async function hidingRow(browser: Browser, pair: [Subject, Subject]): Promise<string[]> {
  const times: [number[], number[]] = [[], []];
  for (let turn = 0; turn < timedRuns; turn += 1) {
    for (const side of turn % 2 ? ([1, 0] as const) : ([0, 1] as const)) {
      times[side].push(await button.hidingTime(browser, pair[side]));
    }
  }
  const [ours, theirs] = times.map((list) => {
    const sorted = list.toSorted((a, b) => a - b);
    return { median: sorted[timedRuns >> 1] ?? Number.NaN, worst: sorted.at(-1) ?? Number.NaN };
  }) as [Times, Times];
  const name = 'Appui → page cachée, processeur quatre fois plus lent';
  const ratio = theirs.median / ours.median;
  const verdict = ratio > 1.1 ? 'la nôtre' : ratio < 0.9 ? 'GOV.UK' : 'égal';
  const written = `${verdict} (rapport ${ratio.toFixed(2).replace('.', ',')})`;
  return [name, said(ours), said(theirs), written, `médiane de ${timedRuns}`];
}

type Times = { median: number; worst: number };

function said({ median, worst }: Times): string {
  return `${Math.round(median)} ms, au pire ${Math.round(worst)} ms`;
}

type Report = {
  day: string;
  chromium: string;
  govuk: string;
  table: string[][];
  soberTable: string[][];
  aloneTable: string[][];
};

function page({ day, chromium, govuk, table, soberTable, aloneTable }: Report): string {
  return `# Sortie : mesures

Écrit par \`npm run bench exit\` le ${day}. Chromium ${chromium}, govuk-frontend ${govuk}.

Les mêmes gestes sur la même page, la nôtre et celle du composant « Exit this page » posé devant le même texte. Un Chromium
neuf à chaque ligne, sans fenêtre ; le site de sortie est joué sur place. « Mieux » compte les défauts de chaque côté.

${markdown(table)}
Le composant dépend aussi des réponses du site qui le porte. Ci-dessous, il reçoit nos en-têtes \`no-store\` et
\`no-referrer\`.

${markdown(soberTable)}
Enfin la sortie telle qu’un autre site la prend (\`npm run composant\`), sur sa page d’essai, qui
demande d’elle-même \`no-referrer\`, et celle de GOV.UK sans nos en-têtes.

${markdown(aloneTable, 'la sortie seule')}`;
}

function markdown(rows: string[][], ours = '« Quitter le site »'): string {
  const head = ['', ours, 'GOV.UK', 'mieux', 'passages'];
  return [head, head.map(() => '-'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
