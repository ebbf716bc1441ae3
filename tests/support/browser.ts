// Finds a Chromium: the one that was named, Playwright's own, the system's, or the one that npm brought.
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The path of a Chromium that can be started. Throws when `CHROMIUM_PATH` names a missing file. */
export async function chromiumPath(): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH: no file ${named}`);
  return named ?? [chromium.executablePath(), ...usual].find(existsSync) ?? (await packagedChromium());
}

/**
 * The Chromium that npm brought, unpacked with its own fonts: the same pixels on every machine. Changes the environment of
 * the process, whose other browsers would get these fonts too.
 */
export async function packagedChromium(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'chromium-'));
  process.env.TMPDIR = folder;
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs24.x'; // makes the package unpack its own libraries too
  const { default: packaged } = await import('@sparticuz/chromium');
  const path = await packaged.executablePath();
  // Its font settings look in fixed places: without ours, text has no width where the system has no font.
  const fonts = `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/cache</cachedir></fontconfig>`;
  writeFileSync(join(folder, 'fonts/fonts.conf'), `<?xml version="1.0"?>\n${fonts}\n`);
  process.env.CHROMIUM_PATH = path; // the workers start from this environment: unpacked once
  return path;
}
