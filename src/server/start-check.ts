// What would keep a start from here, asked without starting anything: before a site that runs is stopped for it.
import { codeOf } from '../rappel/journal.ts';
import { addFaults } from '../settings/read-all.ts';
import { type Faults, SettingError } from '../settings/setting-error.ts';
import { readSettings } from '../settings/settings.ts';
import { loadBuiltSite } from './http/built-site.ts';
import { readTeamKeys } from './mail/team-keys.ts';
import { refuseNewer } from './outbox/newer.ts';

/**
 * Resolves when these settings would start. Rejects with `SettingError`: a line for each setting at fault, or, when none is by itself,
 * for each thing they lead to that a start would refuse.
 */
export async function checkStart(environment: NodeJS.ProcessEnv): Promise<void> {
  const settings = readSettings(environment);
  const faults: Faults = new Map();
  const looks = [
    () => loadBuiltSite(settings.exitUrl).catch(refuseBuild),
    async () => settings.teamKeys && readTeamKeys(settings.teamKeys, Date.now),
    () => refuseNewer(settings),
  ];
  for (const look of looks)
    try {
      await look();
    } catch (error) {
      addFaults(faults, error);
    }
  if (faults.size > 0) throw new SettingError(faults);
}

function refuseBuild(error: unknown): never {
  if (error instanceof SettingError) throw error;
  throw new SettingError(`Les pages construites ne se lisent pas (${codeOf(error)}) : npm run build.`);
}
