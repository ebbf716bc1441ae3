// The headers of the site, scored by Mozilla's own scorer, behind a TLS and a redirection as a proxy makes them.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createPlain, request, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { certifyLocalhost } from '../tests/support/certificates.ts';
import { temporaryFolder } from '../tests/support/folder.ts';

/** A hundred megabytes with its own servers: fetched when it is asked for, kept nowhere. */
export const scorer = '@mdn/mdn-http-observatory@1.4.8';

type Result = { name: string; result: string; pass: boolean };
type Score = { grade: string; score: number; results: Result[] };

/** Scores a running site. Needs npm and openssl. */
export async function scoreOf(origin: string): Promise<Score> {
  const folder = temporaryFolder();
  execFileSync('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--silent', scorer]);
  const { key, cert } = certifyLocalhost(); // after npm, whose registry has another
  const secure = createSecure({ key, cert }, (incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const inner = request(origin + url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    incoming.pipe(inner);
  });
  const plain = createPlain((_, outgoing) => {
    outgoing.writeHead(308, { location: `https://localhost:${portOf(secure)}/` }).end();
  });
  for (const server of [secure, plain]) await once(server.listen(0), 'listening');

  const scorers = join(folder, 'node_modules/@mdn/mdn-http-observatory');
  writeFileSync(join(scorers, 'conf/hsts-preload.json'), '{}'); // a list that it would load: we are on no such list
  const part = (path: string) => import(pathToFileURL(join(scorers, 'src', path)).href);
  const { retrieve } = await part('retriever/retriever.js');
  const { ALL_TESTS } = await part('constants.js');
  const { getGradeForScore, getScoreModifier } = await part('grader/grader.js');
  const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await part('grader/charts.js');
  const found = await retrieve('localhost', { httpPort: portOf(plain), httpsPort: portOf(secure) });
  for (const server of [secure, plain]) server.close();

  const results: Result[] = ALL_TESTS.map((test: (found: unknown) => Result) => test(found));
  const points: number[] = results.map(({ result }) => getScoreModifier(result));
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 100);
  const strict = sum(points.filter((point) => point < 0));
  const score = strict >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(points) : strict; // as its own scan does
  return { ...getGradeForScore(score), results };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
