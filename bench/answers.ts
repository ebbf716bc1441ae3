// An answer exactly as it comes over the wire, so that others can be made to give the very same.
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Status and bytes as sent, and headers without those that a server adds of its own; `received`: bytes on the wire, all headers included. */
export type Answer = { status: number; headers: Record<string, string>; bytes: Buffer; received: number };

type Question = { method?: 'POST'; headers: Record<string, string>; body?: string };

const ofTheServer = ['date', 'connection', 'keep-alive', 'server', 'transfer-encoding'];

/** Asks once, on a connection of its own. */
export async function answerOf(url: string, { method, headers, body }: Question): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asked = request(url, { method, headers, agent: false }, async (response) => {
    const kept = Object.entries(response.headers).filter(([name]) => !ofTheServer.includes(name));
    const { statusCode: status = 0, statusMessage, rawHeaders } = response;
    const bytes = await buffer(response);
    const lines =
      `HTTP/1.1 ${status} ${statusMessage}\r\n${rawHeaders.join('')}\r\n`.length + 2 * rawHeaders.length;
    resolve({
      status,
      headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
      bytes,
      received: lines + bytes.length,
    });
  });
  asked.once('error', reject).end(body);
  return promise;
}
