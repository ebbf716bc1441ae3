// People who come at their own pace, whatever the answers take: each visit and each form is due at a fixed moment, and its
// time is counted from there. A process of its own: `arrivals` starts it, hands it an evening and waits for the account.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Asked, newLine, type Send, sharedLines } from './connections.ts';
import { cores, pin } from './cores.ts';
import { percentile, workOf } from './figures.ts';
import { filledForm, formHeaders } from './form.ts';

/** An evening. `together`: how many connections all share; 0: each visit opens its own and keeps it, as a browser does. */
export type Evening = { port: number; visits: number; forms: number; seconds: number; together: number };

/** Times in milliseconds from the moment each was due; `reached`: answers a second, until the last one. */
export type Times = {
  done: number;
  failed: number;
  reached: number;
  median: number;
  p99: number;
  longest: number;
};

/** What came of it. `busy`: the part of a core that asking took. */
export type Account = { visits: Times; forms: Times; busy: number };

/** Plays an evening on the asking core. */
export async function arrivals(evening: Evening): Promise<Account> {
  const child = fork(fileURLToPath(import.meta.url), { env: { PATH: process.env.PATH } });
  pin([child.pid ?? 0], cores.asking);
  child.send(evening);
  const [account] = await once(child, 'message');
  child.kill();
  return account as Account;
}

const browser = {
  'user-agent':
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  'accept-language': 'fr-FR,fr;q=0.9',
  'accept-encoding': 'gzip, deflate, br',
};

async function play({ port, visits, forms, seconds, together }: Evening): Promise<Account> {
  const send = together > 0 ? sharedLines(port, together) : newLine(port);
  const started = workOf([process.pid]);
  const [visited, sent] = await Promise.all([
    paced(visits, seconds, (n) => ({ status: 200, bytes: page(n % 4 === 3 ? '/contact' : '/') }), send),
    paced(forms, seconds, (n) => ({ status: 303, bytes: form(n) }), newLine(port)),
  ]);
  return { visits: visited, forms: sent, busy: (workOf([process.pid]) - started) / seconds };
}

async function paced(
  perSecond: number,
  seconds: number,
  what: (n: number) => Asked,
  send: Send,
): Promise<Times> {
  const times: number[] = [];
  let failed = 0;
  const answers: Promise<void>[] = [];
  const start = performance.now();
  for (let n = 0; n < perSecond * seconds; ) {
    for (
      const now = performance.now() - start;
      n < perSecond * seconds && (n * 1000) / perSecond <= now;
      n += 1
    ) {
      const due = start + (n * 1000) / perSecond;
      const asked = send(what(n), n).then(
        () => {
          times.push(performance.now() - due);
        },
        () => {
          failed += 1;
        },
      );
      answers.push(asked);
    }
    await pause(1);
  }
  await Promise.all(answers);
  const reached = times.length / ((performance.now() - start) / 1000);
  const at = (rank: number) => percentile(times, rank);
  return { done: times.length, failed, reached, median: at(50), p99: at(99), longest: at(100) };
}

function page(path: string): string {
  return `GET ${path} HTTP/1.1\r\n${lines({ host: 'localhost', ...browser })}\r\n`;
}

function form(n: number): string {
  const body = filledForm(`${process.pid} ${n}`, n);
  const headers = { host: 'localhost', ...browser, ...formHeaders, 'content-length': String(body.length) };
  return `POST /contact/envoi HTTP/1.1\r\n${lines(headers)}\r\n${body}`;
}

function lines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

if (import.meta.main)
  process.once('message', async (evening) => process.send?.(await play(evening as Evening)));
