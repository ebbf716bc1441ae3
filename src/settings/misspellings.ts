// A setting written with a slip is no setting: nothing would say so, and its default would hold.

import { alertFileNames, alertNames } from './alert.ts';
import { fileNames, settingNames } from './environment.ts';
import { publisherNames, securityName } from './publisher.ts';

const built = [...Object.values(publisherNames), securityName].map(({ setting }) => setting);
const known: string[] = [...settingNames, ...fileNames, ...alertNames, ...alertFileNames, ...built];

/** A sentence for each name of the environment that looks like a setting and is none. */
export function misspellingsIn(environment: NodeJS.ProcessEnv): string[] {
  return Object.keys(environment).flatMap((written) => {
    if (known.includes(written)) return [];
    const meant = known.find((name) => name.includes('_') && isSlipOf(written, name));
    return meant ? [`${written} n’est pas un réglage : ${meant} ?`] : [];
  });
}

// One sign lost, added or changed, two swapped, or a plural.
function isSlipOf(written: string, name: string): boolean {
  const singular = (word: string) => word.replace(/IES$/, 'Y');
  const differs = [...name].findIndex((sign, at) => sign !== written[at]);
  const at = differs < 0 ? name.length : differs;
  const [is, meant] = [written.slice(at), name.slice(at)];
  const swapped = `${is[1]}${is[0]}${is.slice(2)}`;
  const isOneAway = [is.slice(1), is].includes(meant) || [is.slice(1), is].includes(meant.slice(1));
  return isOneAway || swapped === meant || singular(written) === singular(name);
}
