// A Chromium of March 2018, as on a phone that gets no more updates: it knows neither `?.`, `inset`, `max()` nor
// `replaceChildren`. npm brings it in a package; today's drivers cannot talk to it, so its protocol is spoken here.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const patienceMs = 20_000;
const library = '/usr/lib/x86_64-linux-gnu/libnss3.so';

/** Why this browser cannot run here, for `node:test`; false when it can. */
export const skip = existsSync(library) ? false : `no ${library} here (Debian package: libnss3)`;

/** A page of the old browser. */
export type OldPage = {
  /** Opens an address, and resolves once it has been read whole. `isScripted: false`: as where scripts are forbidden. */
  open(address: string, isScripted?: boolean): Promise<void>;
  /** What an expression is worth in the page. */
  tell<Value>(expression: string): Promise<Value>;
  /** Resolves once an expression is true. Throws after twenty seconds. */
  until(expression: string): Promise<void>;
  /** Presses the middle of an element with the mouse. */
  click(selector: string): Promise<void>;
  /** Resolves once another page, or the word that it cannot be reached, has taken its place. */
  left(): Promise<void>;
  /** Presses a key of a keyboard. */
  press(key: string): Promise<void>;
  /** The addresses that Back and Forward lead to, the present one last when nothing is ahead. */
  trail(): Promise<string[]>;
  /** Gives the window a size, in pixels. */
  resize(width: number, height: number): Promise<void>;
};

/** Starts it. It reaches this machine only: any other name is unknown to it. */
export async function openOldBrowser(): Promise<{ newPage(): Promise<OldPage>; close(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'old-chromium-'));
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0'];
  const resolver = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1';
  const child = spawn(unpackedIn(folder), [...flags, resolver, `--user-data-dir=${folder}`, 'about:blank']);
  const close = () => child.kill('SIGKILL');
  process.once('exit', close);
  for await (const line of createInterface(child.stderr)) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (!address) continue;
    const { send } = await connectTo(address);
    const newPage = async () => {
      const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
      return pageOf(await connectTo(new URL(`/devtools/page/${targetId}`, address).href));
    };
    return { newPage, close };
  }
  throw new Error('The old browser did not start');
}

function unpackedIn(folder: string): string {
  const packed = fileURLToPath(import.meta.resolve('chrome-aws-lambda/bin/chromium.br'));
  const path = join(folder, 'chromium');
  writeFileSync(path, brotliDecompressSync(readFileSync(packed)), { mode: 0o755 });
  return path;
}

type Link = {
  send<Result>(method: string, params?: object): Promise<Result>;
  /** Resolves with the next event of a name. */
  next(method: string): Promise<void>;
};

async function connectTo(address: string): Promise<Link> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const answers = new EventTarget();
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    answers.dispatchEvent(new CustomEvent(String(message.id ?? message.method), { detail: message }));
  };
  const next = (name: string) =>
    new Promise<{ error?: { message: string }; result: never }>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${name}: nothing came`)), patienceMs);
      const done = (event: Event) => {
        clearTimeout(late);
        resolve((event as CustomEvent).detail);
      };
      answers.addEventListener(name, done, { once: true });
    });
  let sent = 0;
  return {
    async next(method) {
      await next(method);
    },
    async send(method, params = {}) {
      sent += 1;
      socket.send(JSON.stringify({ id: sent, method, params }));
      const { error, result } = await next(String(sent));
      if (error) throw new Error(`${method}: ${error.message}`);
      return result;
    },
  };
}

async function pageOf({ send, next }: Link): Promise<OldPage> {
  await send('Page.enable');

  const tell = async <Value>(expression: string) => {
    const options = { expression, returnByValue: true, awaitPromise: true };
    type Told = { result: { value: Value }; exceptionDetails?: { exception?: { description: string } } };
    const { result, exceptionDetails } = await send<Told>('Runtime.evaluate', options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? expression);
    return result.value;
  };

  const until = async (expression: string) => {
    const waiting = `new Promise((resolve, reject) => {
      const until = Date.now() + ${patienceMs};
      const look = () => (${expression}) ? resolve(true) : Date.now() < until ? setTimeout(look, 50) : reject(new Error('never true: ' + ${JSON.stringify(expression)}));
      look();
    })`;
    await tell(waiting);
  };

  return {
    tell,
    until,
    async open(address, isScripted = true) {
      await send('Emulation.setScriptExecutionDisabled', { value: !isScripted });
      await Promise.all([next('Page.loadEventFired'), send('Page.navigate', { url: address })]);
    },
    async click(selector) {
      const place = `(({ left, top, width, height }) => ({ x: left + width / 2, y: top + height / 2 }))
        ((document.querySelector(${JSON.stringify(selector)}).scrollIntoView({ block: 'center' }), document.querySelector(${JSON.stringify(selector)})).getBoundingClientRect())`;
      const point = await tell<{ x: number; y: number }>(place);
      for (const type of ['mousePressed', 'mouseReleased'])
        await send('Input.dispatchMouseEvent', { type, ...point, button: 'left', clickCount: 1 });
    },
    left: () => next('Page.frameNavigated'),
    async press(key) {
      for (const type of ['keyDown', 'keyUp']) await send('Input.dispatchKeyEvent', { type, key, code: key });
    },
    async trail() {
      type Kept = { entries: { url: string }[] };
      const { entries } = await send<Kept>('Page.getNavigationHistory');
      return entries.map(({ url }) => url);
    },
    async resize(width, height) {
      const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
      await send('Emulation.setDeviceMetricsOverride', metrics);
    },
  };
}
