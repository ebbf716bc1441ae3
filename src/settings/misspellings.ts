// A setting written with a slip is no setting: nothing would say so, and its default would hold.
import leven from 'leven';
import { alertFileNames, alertNames } from './alert.ts';
import { type Environment, fileNames, settingNames } from './environment.ts';
import { publisherNames, securityName } from './publisher.ts';
import type { Faults } from './setting-error.ts';

const built = [...Object.values(publisherNames), securityName].map(({ setting }) => setting);
const read = [...settingNames, ...fileNames];
const known: string[] = [...read, ...alertNames, ...alertFileNames, ...built];

/** A sentence for each name of the environment that looks like a setting and is none. */
export function misspellingsIn(environment: Environment): string[] {
  return slipsIn(environment).map(({ sentence }) => sentence);
}

/**
 * The misspelt names that leave a setting of the server as if nobody had given it, a line each: production refuses to start with
 * them, since nobody would see a default that holds by mistake. A name whose setting is given as well loses nothing: it is only
 * told, and so is one that the build alone reads. Who truly has a variable of that name writes the setting beside it.
 */
export function lostIn(environment: Environment): Faults {
  const lost = slipsIn(environment).filter(({ meant }) => read.includes(meant) && !environment[meant]);
  return new Map(lost.map(({ written, sentence }) => [written, `Réglage ${sentence}`]));
}

type Slip = { written: string; meant: string; sentence: string };

// Names of one word have too many neighbours, MAILTO of cron among them: an ordinary variable must never be taken for a setting.
function slipsIn(environment: Environment): Slip[] {
  return Object.keys(environment).flatMap((written) => {
    if (known.includes(written) || !written.includes('_')) return [];
    const meant = known.find((name) => name.includes('_') && isSlipOf(written, name));
    return meant ? [{ written, meant, sentence: `${written} : voulez-vous dire ${meant} ?` }] : [];
  });
}

// Other letters than capitals, one sign lost, added or changed, two swapped, or a plural.
function isSlipOf(written: string, name: string): boolean {
  const capitals = written.toUpperCase();
  const distance = leven(capitals, name, { maxDistance: 3 });
  const isSwap = distance === 2 && sorted(capitals) === sorted(name);
  return distance <= 1 || isSwap || singular(capitals) === singular(name);
}

function sorted(word: string): string {
  return [...word].sort().join('');
}

function singular(word: string): string {
  return word.replace(/IES$/, 'Y');
}
