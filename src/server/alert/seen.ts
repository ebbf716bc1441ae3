// What one look at the health of the site tells. A site that does not answer as ours would is silent.
import { z } from 'zod';
import { codeOf } from '../../rappel/journal.ts';
import type { AlertSettings } from '../../settings/alert.ts';
import { silence } from '../monitoring/advice.ts';

/** A look. Without the right to see details, no alarm is named; `code`: why the site seems silent. */
export type Seen = {
  state: 'ok' | 'degraded' | 'red' | 'silent';
  alarms: string[];
  version?: string | undefined;
  code?: string;
};

/** Asks a web server one thing, for a few seconds at most. Rejects with a code. */
export type Ask = (
  url: string,
  question: { headers: Record<string, string> },
) => Promise<{ status: number; body: string }>;

// Whatever answers there, no more than this reaches an alert.
const health = z.object({
  state: z.enum(['ok', 'degraded', 'red']),
  alarms: z
    .array(z.string().regex(/^[A-Z_]{1,40}$/))
    .max(40)
    .default([]),
  version: z
    .string()
    .regex(/^[\w.+-]{1,40}$/)
    .optional(),
});

/** Looks once, for a few seconds at most. Never rejects. */
export async function look({ site, healthToken }: AlertSettings, ask: Ask): Promise<Seen> {
  const headers = healthToken ? { authorization: `Bearer ${healthToken}` } : {};
  try {
    const { body, status } = await ask(`${site}/sante`, { headers });
    const parsed = health.safeParse(jsonIn(body));
    return parsed.success ? parsed.data : silent(`HTTP_${status}`);
  } catch (error) {
    return silent(codeOf(error));
  }
}

function silent(code: string): Seen {
  return { state: 'silent', alarms: [silence], code };
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // a page of a proxy
  }
}
