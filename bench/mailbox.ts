// A mail server in a process of its own, which keeps only names of messages: `openCounter` starts it and asks.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { SMTPServer } from 'smtp-server';

/** A running counter of e-mails. */
export type Counter = {
  port: number;
  pid: number;
  /** How many messages arrived, each counted once however often it came. */
  arrived(): Promise<number>;
  stop(): void;
};

/** Starts a mail server; it ends with this process. */
export async function openCounter(): Promise<Counter> {
  const child: ChildProcess = fork(fileURLToPath(import.meta.url), { env: { PATH: process.env.PATH } });
  process.once('exit', () => child.kill('SIGKILL'));
  const said = async () => Number((await once(child, 'message'))[0]);
  const port = await said();
  return {
    port,
    pid: child.pid ?? 0,
    arrived() {
      child.send('arrived');
      return said();
    },
    stop: () => child.kill(),
  };
}

function serve(): void {
  const names = new Set<string | undefined>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    async onData(stream, _session, done) {
      try {
        names.add(/^Message-ID: (\S+)/im.exec(await text(stream))?.[1]);
        done();
      } catch (error) {
        done(error as Error); // cut off in the middle: it did not arrive
      }
    },
  });
  server.on('error', () => {}); // a site that was killed leaves its connection broken
  server.listen(0, '127.0.0.1', () => process.send?.((server.server.address() as AddressInfo).port));
  process.on('message', () => process.send?.(names.size));
  process.on('disconnect', () => process.exit());
}

if (import.meta.main) serve();
