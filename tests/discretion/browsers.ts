// Real browsers as people have them: an ordinary profile, a real window, nothing of a test tool's flags. They are started
// by their own command; the protocol is there to look, real keys and clicks come from real-input.ts.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, connect } from 'puppeteer-core';
import { temporaryFolder } from '../support/folder.ts';
import { trustIn } from './authority.ts';

/** The browsers that are measured, and their commands in Debian. */
export const commands = { Chromium: '/usr/bin/chromium', Firefox: '/usr/bin/firefox-esr' } as const;
export type BrowserName = keyof typeof commands;

/** Their names. */
export const browserNames = Object.keys(commands) as BrowserName[];

const tools = ['Xvfb', 'xdotool', 'certutil', 'openssl'].map((tool) => `/usr/bin/${tool}`);
const missing = [...Object.values(commands), ...tools].filter((path) => !existsSync(path));

/** Why the measures cannot be made on this machine, for `node:test`; false when they can. */
export const skip =
  missing.length > 0 &&
  `missing: ${missing} (apt-get install chromium firefox-esr xvfb xdotool libnss3-tools openssl)`;

/** A browser in its own screen. `profile` outlives it. */
export type Opened = {
  name: BrowserName;
  browser: Browser;
  /** The X display, for real-input.ts. */
  display: string;
  profile: string;
  /** Resolves when the browser has ended by itself; then the screen goes too. */
  ended(): Promise<void>;
  /** Ends it as a machine that goes dark does. */
  kill(): Promise<void>;
  /** Ends the browser as its own menu does, and resolves when its files are written. */
  quit(): Promise<void>;
};

const open = new Set<ChildProcess>();

/** Ends at once every browser that a failed measure has left, and its screen: nothing would end otherwise. */
export function killBrowsers(): void {
  for (const child of open) child.kill('SIGKILL');
}

/** Opens a browser on an address. A profile that is given is used again; `restores`: with the pages that it had. */
export async function openBrowser(
  name: BrowserName,
  address: string,
  { javascript = true, restores = false, profile = temporaryFolder() } = {},
): Promise<Opened> {
  const { display, screen } = await openScreen();
  prepare[name](profile, { javascript, restores });
  const child = spawn(commands[name], [...flags[name](profile), ...(address ? [address] : [])], {
    env: { PATH: process.env.PATH, HOME: profile, DISPLAY: display },
  });
  const over = once(child, 'exit').then(() => {
    open.delete(child);
    screen.kill();
  });
  open.add(child);
  const browser = await connections[name](child, profile);
  return {
    name,
    browser,
    display,
    profile,
    ended: () => over,
    async kill() {
      child.kill('SIGKILL');
      await over;
    },
    async quit() {
      await browser.close();
      await over;
    },
  };
}

/** The major version of an installed browser, as its command says it. */
export function versionOf(name: BrowserName): string {
  const said = execFileSync(commands[name], ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return /(\d+)\./.exec(said)?.[1] ?? said;
}

const flags = {
  // No sandbox: this may run as root. The others only keep first-run pages away.
  Chromium: (profile: string) => [
    `--user-data-dir=${profile}`,
    '--remote-debugging-port=0',
    '--no-sandbox',
    '--no-first-run',
    '--no-default-browser-check',
    '--password-store=basic',
    '--window-position=0,0',
    '--window-size=1200,900',
  ],
  Firefox: (profile: string) => [
    '--profile',
    profile,
    '--no-remote',
    '--remote-debugging-port=0',
    '--width=1200',
    '--height=900',
  ],
};

type Wanted = { javascript: boolean; restores: boolean };

const prepare = {
  Chromium(profile: string, { javascript, restores }: Wanted): void {
    if (existsSync(join(profile, '.pki'))) return; // prepared before
    trustIn(join(profile, '.pki/nssdb'));
    mkdirSync(join(profile, 'Default'), { recursive: true });
    const preferences = {
      ...(!javascript && { profile: { default_content_setting_values: { javascript: 2 } } }),
      ...(restores && { session: { restore_on_startup: 1 } }),
    };
    writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify(preferences));
  },
  Firefox(profile: string, { javascript, restores }: Wanted): void {
    const preferences = {
      'javascript.enabled': javascript,
      'remote.prefs.recommended': false, // they change what is stored
      'browser.aboutwelcome.enabled': false,
      'browser.shell.checkDefaultBrowser': false,
      'browser.warnOnQuit': false,
      'browser.startup.page': restores ? 3 : 1,
      'browser.tabs.closeWindowWithLastTab': true,
      'datareporting.policy.dataSubmissionEnabled': false,
      'termsofuse.bypassNotification': true,
    };
    const lines = Object.entries(preferences).map(([key, value]) => `user_pref("${key}", ${value});`);
    writeFileSync(join(profile, 'user.js'), lines.join('\n'));
    if (!existsSync(join(profile, 'cert9.db'))) trustIn(profile);
  },
};

const connections = {
  async Chromium(child: ChildProcess, _profile: string): Promise<Browser> {
    const endpoint = await announced(child, /DevTools listening on (ws:\S+)/);
    return connect({ browserWSEndpoint: endpoint, defaultViewport: null });
  },
  async Firefox(child: ChildProcess, _profile: string): Promise<Browser> {
    const endpoint = await announced(child, /WebDriver BiDi listening on (ws:\S+)/);
    return connect({
      browserWSEndpoint: `${endpoint}/session`,
      protocol: 'webDriverBiDi',
      defaultViewport: null,
    });
  },
};

async function announced(child: ChildProcess, pattern: RegExp): Promise<string> {
  let said = '';
  for await (const chunk of child.stderr ?? []) {
    said += chunk;
    const found = pattern.exec(said)?.[1];
    if (found) {
      child.stderr?.resume();
      return found;
    }
  }
  throw new Error(`The browser did not start: ${said.slice(-500)}`);
}

/** A screen of its own, 1200 by 900 pixels, with the letters of French; `options` are Xvfb's own. */
export async function openScreen(...options: string[]): Promise<{ display: string; screen: ChildProcess }> {
  const size = ['-screen', '0', '1200x900x24'];
  const screen = spawn('Xvfb', ['-displayfd', '3', ...size, '-nolisten', 'tcp', '-noreset', ...options], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  open.add(screen);
  screen.once('exit', () => open.delete(screen));
  const [number] = await once(screen.stdio[3] as NodeJS.ReadableStream, 'data');
  const display = `:${String(number).trim()}`;
  // A keyboard with é: else xdotool lends it a key just before, and a busy browser reads that key as nothing.
  execFileSync('setxkbmap', ['-display', display, 'us', 'altgr-intl'], { stdio: 'ignore' });
  return { display, screen };
}
