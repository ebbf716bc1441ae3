// `un-premier-pas bilan ANNÉE`: the counts of a year, month by month, without anybody in them.
import type { Given } from '../command-line/command.ts';
import { yearlyReport } from '../rappel/yearly-report.ts';
import { readSettings } from '../settings/settings.ts';
import { inCore } from './outbox/beside.ts';

/** Writes a CSV to the output. */
export function run({ argument, environment }: Given): Promise<boolean> {
  return inCore(readSettings(environment), async ({ outbox }) => {
    process.stdout.write(yearlyReport(await outbox.report(Number(argument))));
    return true;
  });
}
