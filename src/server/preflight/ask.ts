// One question to a web server, on a connection of its own, redirections not followed.
import http, { type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { TLSSocket } from 'node:tls';
import { askingMs } from './finding.ts';

/** A whole answer. */
export type Reply = {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  /** When the certificate ends and when the answer came, in milliseconds since 1970. */
  certificateEnds: number | undefined;
  receivedAt: number;
};

/** What is asked beside the address. */
export type Question = { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string };

/** Asks a web server one thing. */
export type Ask = (url: string, question?: Question) => Promise<Reply>;

const longestBody = 1024 * 1024;

/** Asks, and rejects with a code when the answer is not whole within a few seconds or its certificate is not right. */
export const ask: Ask = (url, { method = 'GET', headers = {}, body } = {}) => {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const { request } = url.startsWith('https:') ? https : http;
  const signal = AbortSignal.timeout(askingMs);
  request(url, { method, headers, agent: false, signal }, (answer) => {
    readReply(answer).then(resolve, reject);
  })
    .once('error', reject)
    .end(body);
  return promise;
};

async function readReply(answer: IncomingMessage): Promise<Reply> {
  const receivedAt = Date.now();
  const { socket, headers, statusCode = 0 } = answer;
  const ends = socket instanceof TLSSocket ? Date.parse(socket.getPeerCertificate().valid_to) : undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > longestBody) break;
  }
  const body = Buffer.concat(chunks).toString();
  return { status: statusCode, headers, body, certificateEnds: ends, receivedAt };
}
