// `un-premier-pas verifier`: is this machine ready to open? Looks and asks, changes nothing, sends nothing; a line for each thing.
import type { Given } from '../command-line/command.ts';
import { ask } from '../server/preflight/ask.ts';
import { countFor, type Finding, lineFor } from '../server/preflight/finding.ts';
import type { Machine } from '../server/preflight/machine.ts';
import { startChecks } from '../server/preflight/preflight.ts';
import { opening } from '../service/service.ts';
import { readSettings } from '../settings/settings.ts';

/** The rules of production hold here, whatever the environment says: that is what the machine is checked for. */
export async function run({ environment }: Given): Promise<boolean> {
  const settings = readSettings({ ...environment, NODE_ENV: 'production' });
  const machine: Machine = {
    settings,
    environment,
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
  return !findings.some(({ state }) => state === 'fail');
}
