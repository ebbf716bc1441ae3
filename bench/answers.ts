// An answer exactly as it comes over the wire, so that others can be made to give the very same.
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Status, headers and bytes as sent, without what a server adds of its own to every answer. */
export type Answer = { status: number; headers: Record<string, string>; bytes: Buffer };

type Question = { method?: 'POST'; headers: Record<string, string>; body?: string };

const ofTheServer = ['date', 'connection', 'keep-alive', 'server', 'transfer-encoding'];

/** Asks once, on a connection of its own. */
export async function answerOf(url: string, { method, headers, body }: Question): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asked = request(url, { method, headers, agent: false }, async (response) => {
    const kept = Object.entries(response.headers).filter(([name]) => !ofTheServer.includes(name));
    resolve({
      status: response.statusCode ?? 0,
      headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
      bytes: await buffer(response),
    });
  });
  asked.once('error', reject).end(body);
  return promise;
}
