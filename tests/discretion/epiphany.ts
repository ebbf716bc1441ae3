// GNOME's own browser, on WebKit: the engine of every iPhone, in an ordinary profile. No protocol looks into it, so it is
// watched from outside: the title of its window, the files of its profile, what it asks of the servers.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { temporaryFolder } from '../support/folder.ts';
import { authority } from './authority.ts';
import { openScreen } from './browsers.ts';
import { clickAt, press, type Screen, titleOn, type } from './real-input.ts';
import { type Box, blockOn, type Point, selectionOn } from './screen.ts';
import { type Entry, filesWith } from './traces.ts';
import { comes, until } from './visit.ts';

const command = '/usr/bin/epiphany-browser';
const session = '/usr/bin/dbus-run-session';
const missing = [
  command,
  session,
  ...['Xvfb', 'xdotool', 'openssl'].map((tool) => `/usr/bin/${tool}`),
].filter((path) => !existsSync(path));

/** Why Epiphany cannot be measured on this machine, for `node:test`; false when it can. */
export const skip =
  missing.length > 0 && `missing: ${missing} (apt-get install epiphany-browser dbus xvfb xdotool openssl)`;

/** Epiphany in its own screen. `profile` is its home folder, and outlives it. */
export type Epiphany = {
  /** The X display, for real-input.ts. */
  display: string;
  profile: string;
  /** The title of the page that is shown, as its window says it. */
  title(): string;
  /** Clicks a text of the page, found by Epiphany's own search and seen on the screen. */
  clickText(text: string): Promise<void>;
  /** Where our exit is on the screen, by its colour; undefined where it is not. */
  exit(): Box | undefined;
  /** Ends it with keys (`ctrl+w` closes its only tab), and resolves when its files are written. */
  end(keys: 'ctrl+w' | 'ctrl+q'): Promise<void>;
  /** Ends it as a machine that goes dark does. */
  kill(): Promise<void>;
};

/** Opens Epiphany on an address, and waits for its title; under a window manager if one is named. A profile that is given is used again. */
export async function openEpiphany(
  address: string,
  title: string,
  { manager, profile = newProfile() }: { manager?: string | undefined; profile?: string } = {},
): Promise<Epiphany> {
  const pixels = temporaryFolder();
  const { display, screen } = await openScreen('-fbdir', pixels);
  if (manager) spawn(manager, { env: { ...process.env, DISPLAY: display }, stdio: 'ignore' });
  // The processes of the engine hold our end of the pipe: it closes once the last of them has written what it keeps.
  const child = spawn(
    'unshare',
    ['-rm', 'sh', '-c', trusting, authority().trust.NODE_EXTRA_CA_CERTS, ...(address ? [address] : [])],
    {
      env: { PATH: process.env.PATH, HOME: profile, DISPLAY: display, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a group of its own, to be killed whole
    },
  );
  for (const output of [child.stdout, child.stderr]) output.resume();
  let isOver = false;
  void once(child, 'close').then(() => {
    isOver = true;
    screen.kill();
  });
  const opened = {
    display,
    profile,
    title: () => titleOn(opened),
    clickText: (text: string) => clickText(opened, pixels, text),
    exit: () => blockOn(pixels, exitColour),
    // Keys may be lost while it still draws: again, then.
    end: (keys: 'ctrl+w' | 'ctrl+q') =>
      until(() => {
        if (!isOver) press(opened, keys);
        return comes(() => isOver, 5000);
      }, 'Epiphany to end'),
    kill() {
      process.kill(-(child.pid as number), 'SIGKILL');
      return until(() => isOver, 'its processes to be gone');
    },
  };
  await until(() => opened.title() === title, title);
  return opened;
}

/** The entries of a host in the history window of Epiphany, which shows every address that the file holds. */
export function epiphanyEntries(profile: string, host: string): Entry[] {
  const copy = join(temporaryFolder(), 'history.db');
  for (const suffix of ['', '-wal']) {
    const file = join(profile, `.local/share/epiphany/ephy-history.db${suffix}`);
    if (existsSync(file)) copyFileSync(file, copy + suffix);
  }
  const history = new DatabaseSync(copy);
  const rows = history.prepare("SELECT url, coalesce(title, '') AS title FROM urls ORDER BY last_visit_time");
  const entries = rows.all() as Entry[];
  history.close();
  if (entries.length === 0) throw new Error('The history is empty: not even the last page was found in it');
  return entries
    .filter(({ url }) => new URL(url).hostname === host)
    .map(({ url, title }) => ({ url, title }));
}

/** The files in which a host could store something, that name it inside or by their own name. WebKit writes a name plate (`origin`) for whoever was shown: alone in its folder, it holds nothing. */
export async function storedIn(profile: string, host: string): Promise<string[]> {
  const kinds =
    /cookies|localstorage|indexeddb|\/storage\/|CacheStorage|serviceworkers|mediakeys|WebpageIcons/i;
  const inside = await filesWith(profile, [host]);
  const byName = readdirSync(profile, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.includes(host),
  );
  const isAlone = (file: string) =>
    basename(file) === 'origin' && readdirSync(join(profile, dirname(file))).length === 1;
  return [...inside, ...byName].filter((file) => kinds.test(file) && !isAlone(file));
}

/** The major version of the installed Epiphany. */
export function epiphanyVersion(): string {
  return /\d+/.exec(execFileSync(command, ['--version'], { encoding: 'utf8' }))?.[0] ?? '';
}

async function clickText(screen: Screen, pixels: string, text: string): Promise<void> {
  const before = selectionOn(pixels); // some clicks leave it
  let place: Point | undefined;
  let still = 0; // times that it was seen at one place: the page moves when the search closes
  const isFound = () => {
    const now = selectionOn(pixels);
    still = isDeepStrictEqual(now, place) ? still + 1 : 0;
    place = now;
    return still > 3 && now !== undefined && !isDeepStrictEqual(now, before);
  };
  // Nothing tells that the search has found before Escape closes it: a little later each time, then.
  for (const patienceMs of [150, 300, 600, 1200, 2400]) {
    press(screen, 'ctrl+f');
    type(screen, text);
    await setTimeout(patienceMs);
    press(screen, 'Escape'); // the page does not see it
    if (await comes(isFound, 500 + patienceMs)) break;
  }
  if (!place || !isFound()) throw new Error(`« ${text} » is not on the screen`);
  clickAt(screen, place.x, place.y);
}

const exitColour: Parameters<typeof blockOn>[1] = [0x14, 0x19, 0x1e]; // --exit, in src/styles/tokens.css

// It believes the authorities of the system, which are other ones for this process alone.
const trusting = `mount --bind "$0" /etc/ssl/certs/ca-certificates.crt && exec ${session} -- ${command} "$@"`;

const environment = {
  // WebKit's sandbox wants a user's session, which neither root nor a bare X display has: its pages would all crash.
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  GSETTINGS_BACKEND: 'keyfile', // settings in a file of the profile, without a service for them
};

// Only what would stand in the way is set: a question of the first run, and lists asked of other machines.
function newProfile(): string {
  const profile = temporaryFolder();
  const folder = join(profile, '.config/glib-2.0/settings');
  mkdirSync(folder, { recursive: true });
  const settings = [
    '[org/gnome/epiphany]',
    'ask-for-default=false',
    '[org/gnome/epiphany/web]',
    'enable-adblock=false',
    'enable-safe-browsing=false',
  ];
  writeFileSync(join(folder, 'keyfile'), `${settings.join('\n')}\n`);
  mkdirSync(join(profile, '.config/gtk-3.0'));
  writeFileSync(join(profile, '.config/gtk-3.0/settings.ini'), '[Settings]\ngtk-enable-animations=0\n'); // what is found stands still
  return profile;
}
