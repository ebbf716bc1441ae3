// Health and metrics, for who watches over the site. A stranger learns the state, and nothing else.
import type { IncomingMessage } from 'node:http';
import { maySeeDetails } from '../monitoring/access.ts';
import { metricsText } from '../monitoring/metrics.ts';
import type { Answer } from './answer.ts';
import { bodyOf } from './built-pages.ts';
import type { Site } from './site.ts';

/** `/sante`: 503 when somebody must act now. */
export async function healthAnswer(request: IncomingMessage, { application }: Site): Promise<Answer> {
  const health = await application.health();
  const shown = maySeeDetails(request, application.settings.healthToken) ? health : { state: health.state };
  const json = Buffer.from(`${JSON.stringify(shown)}\n`);
  return { status: health.state === 'red' ? 503 : 200, body: bodyOf(json, 'application/json', 1) };
}

/** `/metriques`: not there for a stranger, who makes nothing work either. */
export async function metricsAnswer(
  request: IncomingMessage,
  { application, failed }: Site,
): Promise<Answer> {
  if (!maySeeDetails(request, application.settings.healthToken)) return failed(404);
  const text = Buffer.from(await metricsText(await application.health()));
  return { status: 200, body: bodyOf(text, 'text/plain; charset=utf-8', 1) };
}
