// `un-premier-pas essai`: a test request, all the way to the mail server.
import { keepTestRequest } from '../rappel/test-request.ts';
import { isAccepted } from './outbox/accepted.ts';
import { besideSite } from './outbox/beside.ts';

/** Well once the mail server has accepted it. */
export const run = besideSite((core) =>
  isAccepted(core, async (effects) => [await keepTestRequest(`à la main ${effects.newId()}`, effects)]),
);
