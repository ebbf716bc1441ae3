// One request, over TLS or not, from any address of this machine, with every header that a visitor may write.
import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';

export type Visit = { from?: string; headers?: Record<string, string>; form?: Record<string, string> };

/** Gets an address, or posts a form to it as a page without JavaScript does. Follows nothing. */
export async function visit(url: string, { from, headers = {}, form }: Visit = {}) {
  const body = form && new URLSearchParams(form).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
  const { request } = url.startsWith('https:') ? https : http;
  const asked = request(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(body === undefined ? {} : type), ...headers },
    ...(from ? { localAddress: from } : {}),
    agent: false,
  });
  asked.end(body);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, page: await text(answer) };
}
