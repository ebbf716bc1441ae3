// The letters of most phones, for a browser under test: Roboto, with Noto where Roboto has no letter. Those of a Linux
// server are an eighth wider, and show another page than people see.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Alphabet, typeface, type Weight } from '../../src/kit/pdf/typeface.ts';
import { trueTypeOf } from '../../src/kit/pdf/woff.ts';
import { temporaryFolder } from './folder.ts';

const roboto = join(dirname(fileURLToPath(import.meta.resolve('@fontsource/roboto/package.json'))), 'files');
const weights: Weight[] = [400, 700];
const others: Alphabet[] = ['cyrillic', 'arabic', 'tamil', 'chinese-simplified'];

/**
 * The environment of a browser that has these letters and no others, whatever the machine has. Made once: workers start
 * from the environment of who made it.
 */
export function phoneFace(): NodeJS.ProcessEnv {
  process.env.PHONE_FACE ??= makeFace();
  return { ...process.env, FONTCONFIG_FILE: process.env.PHONE_FACE };
}

// As TrueType: Chromium measures no letter of a WOFF file that fontconfig brings it.
function makeFace(): string {
  const folder = temporaryFolder();
  const letters = join(folder, 'letters');
  mkdirSync(letters);
  for (const weight of weights) {
    for (const part of ['latin', 'latin-ext']) {
      const woff = readFileSync(join(roboto, `roboto-${part}-${weight}-normal.woff`));
      writeFileSync(join(letters, `roboto-${part}-${weight}.ttf`), trueTypeOf(woff));
    }
    for (const alphabet of others)
      writeFileSync(join(letters, `noto-${alphabet}-${weight}.ttf`), typeface(alphabet, weight));
  }
  const file = join(folder, 'fonts.conf');
  writeFileSync(file, configuration(letters, join(folder, 'cache')));
  return file;
}

// As on a phone, letters stand where they fall, between two pixels too.
function configuration(letters: string, cache: string): string {
  return `<?xml version="1.0"?>
<fontconfig>
  <dir>${letters}</dir>
  <cachedir>${cache}</cachedir>
  <match target="pattern"><edit name="family" mode="append_last"><string>Roboto</string></edit></match>
  <match target="pattern"><edit name="hintstyle" mode="assign"><const>hintnone</const></edit></match>
</fontconfig>
`;
}
