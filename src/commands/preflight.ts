// `npm run verifier`: is this machine ready to open? Looks and asks, changes nothing, sends nothing; a line for each thing.
import { trustSystemAuthorities } from '../server/authorities.ts';
import { ask } from '../server/preflight/ask.ts';
import { countFor, type Finding, lineFor } from '../server/preflight/finding.ts';
import type { Machine } from '../server/preflight/machine.ts';
import { startChecks } from '../server/preflight/preflight.ts';
import { opening } from '../service/service.ts';
import { SettingError } from '../settings/setting-error.ts';
import { readSettings, type Settings } from '../settings/settings.ts';

trustSystemAuthorities();
const settings = productionSettings();
const machine: Machine = {
  settings,
  environment: process.env,
  opening,
  ask,
  exit: ask(settings.exitUrl).catch((error: unknown) => ({ error })),
  now: Date.now,
};
const findings: Finding[] = [];
for (const started of startChecks(machine)) {
  for (const finding of await started) {
    console.log(lineFor(finding));
    findings.push(finding);
  }
}
console.log(`\n${countFor(findings)}`);
process.exit(findings.some(({ state }) => state === 'fail') ? 1 : 0); // a server that says nothing does not hold us

// The rules of production hold here, whatever the environment says: that is what the machine is checked for.
function productionSettings(): Settings {
  try {
    return readSettings({ ...process.env, NODE_ENV: 'production' });
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}
