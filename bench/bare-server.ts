// The least that Node can do: answers from memory, and a posted form read and parsed, then the answer of its address.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers by address; bodies in base64. */
export type Answers = Record<string, { status: number; headers: Record<string, string>; body: string }>;

const written: Answers = JSON.parse(readFileSync(`${process.env.ANSWERS}`, 'utf8'));
const answers = new Map(
  Object.entries(written).map(([path, answer]) => [
    path,
    { ...answer, bytes: Buffer.from(answer.body, 'base64') },
  ]),
);

const server = createServer(async (request, response) => {
  const answer = answers.get(request.url ?? '');
  if (request.method === 'POST' && !(await formIn(request)).has('tel')) response.statusCode = 400;
  if (!answer) return response.writeHead(404).end();
  return response.writeHead(answer.status, answer.headers).end(answer.bytes);
});
server.listen(0, '127.0.0.1', () => {
  console.log(`Site : http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

function formIn(request: IncomingMessage): Promise<URLSearchParams> {
  const { promise, resolve } = Promise.withResolvers<URLSearchParams>();
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => resolve(new URLSearchParams(Buffer.concat(chunks).toString())));
  return promise;
}
