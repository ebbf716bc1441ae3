// `npm run traduction -- tamoul`: the sheet that a translator reads and corrects. `npm run traduction -- tamoul --relu FICHIER`:
// takes what came back into the texts of the site, and marks it as read.
import { readFileSync, writeFileSync } from 'node:fs';
import { otherTongues, tongueNamed } from '../service/tongues.ts';
import { readContent } from '../writing/read.ts';
import { readSheet, sheetOf } from '../writing/sheet.ts';

const [name = '', option, file] = process.argv.slice(2);
const tongue = tongueNamed(name);
if (!tongue || (option && (option !== '--relu' || !file))) {
  console.error(
    `Usage : npm run traduction -- LANGUE [--relu FICHIER]\nLangues : ${otherTongues.join(', ')}`,
  );
  process.exit(2);
}

const folder = 'src/content';
const { journeys, frenchJourney, traces } = readContent(folder);
const journey = journeys.get(tongue);
const bodyOf = (id: string) => traces.find((text) => text.id === id)?.body ?? '';
if (!journey) throw new Error(`No words in ${tongue}`);
const both = {
  name,
  journey,
  french: frenchJourney,
  page: { french: bodyOf('francais'), body: bodyOf(tongue) },
};

if (file) takeBack(readFileSync(file, 'utf8'));
else process.stdout.write(sheetOf(both));

function takeBack(written: string): void {
  const returned = readSheet(written, both);
  if (!returned.ok) {
    console.error(`Rien n’a été changé :\n${returned.faults.map((fault) => `- ${fault}`).join('\n')}`);
    process.exit(1);
  }
  writeFileSync(`${folder}/langues/${name}.json`, `${JSON.stringify(returned.journey, null, 2)}\n`);
  const page = `${folder}/traces/${name}.md`;
  const [head = ''] = /^---\n[\s\S]*?\n---\n/.exec(readFileSync(page, 'utf8')) ?? [];
  writeFileSync(page, `${head}\n${returned.body}`);
  console.log(`${name} : relu. ${returned.changed.length} phrases changées.`);
}
