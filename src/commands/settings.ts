// `un-premier-pas reglages`: would the site start with these settings? Starts and stops nothing.
import type { Given } from '../command-line/command.ts';
import { checkStart } from '../server/start-check.ts';
import { misspellingsIn } from '../settings/misspellings.ts';

/** Well when a start would refuse nothing; else rejects with what it would refuse. */
export async function run({ environment }: Given): Promise<boolean> {
  await checkStart(environment);
  for (const sentence of misspellingsIn(environment)) console.log(`À voir : ${sentence}`);
  console.log('Réglages lus : le site démarrerait.');
  return true;
}
