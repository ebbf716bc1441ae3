// The real thing for tests: the built site as a process of its own, and a real mail server that keeps what it accepts.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mailbox behind a real SMTP server. */
export type Mailbox = {
  port: number;
  /** What was accepted, in order. */
  mails: ParsedMail[];
  /** The same, as bytes. */
  sources: Buffer[];
  /** Resolves once `count` e-mails have been accepted. */
  received(count: number): Promise<ParsedMail[]>;
  close(): Promise<void>;
};

/**
 * Opens a mailbox on a port (0: any). `accept` may throw to refuse a message. `tls`: what it encrypts with; without it,
 * it speaks in clear.
 */
export async function openMailbox(
  port = 0,
  accept: () => void = () => {},
  tls?: { key: Buffer; cert: Buffer },
): Promise<Mailbox> {
  const mails: ParsedMail[] = [];
  const sources: Buffer[] = [];
  const arrivals = new EventEmitter();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: tls ? [] : ['STARTTLS'],
    ...tls,
    async onData(stream, _session, done) {
      try {
        const source = await buffer(stream);
        accept();
        mails.push(await simpleParser(source));
        sources.push(source);
        done();
        arrivals.emit('mail');
      } catch (error) {
        done(error as Error);
      }
    },
  });
  server.on('error', () => {}); // a sender that is killed breaks its link
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    sources,
    async received(count) {
      while (mails.length < count) await once(arrivals, 'mail');
      return mails;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** A running site. */
export type Site = {
  origin: string;
  dataDir: string;
  process: ChildProcessWithoutNullStreams;
  /** Everything it wrote to its two outputs so far. */
  output(): string;
  /** Resolves when it writes again. */
  wrote(): Promise<void>;
  /** Sends a signal and resolves with how the process ended. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

const root = new URL('../..', import.meta.url).pathname;

/** Starts the site on a free port with a data folder of its own; `script` is the server file. */
export async function startSite(
  environment: NodeJS.ProcessEnv = {},
  script = 'src/server/main.ts',
): Promise<Site> {
  const dataDir = environment.DATA_DIR ?? temporaryFolder();
  const defaults = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir, RATE_PER_HOUR: '1000000' }; // tests are a flood
  const site = runSite({ ...defaults, ...environment }, script);
  const origin = await firstMatch(site, /^Site : (http:\S+)$/m);
  return { ...site, origin, dataDir };
}

/** The settings that send mail to a test mailbox. */
export function mailSettings({ port }: { port: number }): NodeJS.ProcessEnv {
  return {
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(port),
    SMTP_REQUIRE_TLS: 'false',
    MAIL_FROM: 'site@example.org',
    MAIL_TO: 'equipe@example.org',
  };
}

/** A new empty folder. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'un-premier-pas-'));
}

// Under 32768, from which Linux takes the port of any connection (49152 elsewhere), and over 10080, the last that fetch
// refuses.
const [lowestPort, endOfPorts] = [10_081, 32_768];

/**
 * A port that nobody listens on. Drawn where no system chooses one by itself: nothing that another test opens meanwhile
 * can take it.
 */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = randomInt(lowestPort, endOfPorts);
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!isFree) return freePort();
  server.close();
  await once(server, 'close');
  return port;
}

// A test that failed half-way leaves its site running.
const children = new Set<ChildProcessWithoutNullStreams>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts a server script with these settings and nothing else of the environment but PATH. */
export function runSite(environment: NodeJS.ProcessEnv, script = 'src/server/main.ts') {
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
  });
  children.add(child);
  let written = '';
  child.stdout.on('data', (chunk) => {
    written += chunk;
  });
  child.stderr.on('data', (chunk) => {
    written += chunk;
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => {
      children.delete(child);
      resolve({ code, signal });
    });
  });
  return {
    process: child,
    ended,
    output: () => written,
    async wrote() {
      await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data')]);
    },
    stop(signal: NodeJS.Signals = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

async function firstMatch(site: ReturnType<typeof runSite>, pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(site.output())?.[1];
    if (found) return found;
    const over = await Promise.race([once(site.process.stdout, 'data'), site.ended]);
    if (!Array.isArray(over)) throw new Error(`The site did not start: ${site.output()}`);
  }
}
