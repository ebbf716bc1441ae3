// The outbox beside a site that runs or not, for the time of one command.

import type { Run } from '../../command-line/command.ts';
import { type Core, openCore } from '../../server/application.ts';
import { journal } from '../../server/monitoring/journal.ts';
import { openOutbox } from '../../server/outbox/open.ts';
import { readSettings, type Settings } from '../../settings/settings.ts';

/** A command on the outbox of the settings: opened for it, closed after it. */
export function besideSite(work: (core: Core) => Promise<boolean>): Run {
  return ({ environment }) => inCore(readSettings(environment), work);
}

/** Opens the outbox of these settings, does it, and closes. Throws `SettingError` as `openOutbox` does, and what the store answered. */
export async function inCore<Done>(settings: Settings, work: (core: Core) => Promise<Done>): Promise<Done> {
  const core = await openCore(settings, await openOutbox(settings, journal));
  const done = await work(core);
  await core.outbox.close();
  return done;
}
