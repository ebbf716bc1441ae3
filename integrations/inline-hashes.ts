// Which scripts and styles each page may run: their hashes, as `Inline` wrote them, left for the server's content policies.
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { addressOf } from '../src/built/address.ts';
import { type Hashes, writeHashes } from '../src/built/hashes.ts';
import { onDemand, onInlined } from '../src/components/inlined.ts';

/** Writes the hashes of every page beside what renders the others. A page that told nothing stops the build. */
export function inlineHashes(): AstroIntegration {
  const pages = new Map<string, { script: Set<string>; style: Set<string> }>();
  let folder: URL;
  return {
    name: 'inline-hashes',
    hooks: {
      'astro:config:done'({ config }) {
        folder = config.build.server;
      },
      'astro:build:start'() {
        onInlined(({ page, kind, text }) => {
          const address = addressOf(page);
          const hashes = pages.get(address) ?? { script: new Set(), style: new Set() };
          pages.set(address, hashes);
          hashes[kind].add(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
        });
      },
      'astro:build:done'({ dir }) {
        const built = globSync('**/*.html', { cwd: dir }).map((name) => addressOf(`/${name}`));
        const hashes = Object.fromEntries(
          [...built.sort(), onDemand].map((page): [string, Hashes] => {
            const { script, style } = pages.get(page) ?? nothingIn(page);
            return [page, { script: [...script], style: [...style] }];
          }),
        );
        writeHashes(fileURLToPath(folder), hashes);
      },
    },
  };
}

function nothingIn(page: string): never {
  throw new Error(`Nothing of ${page} went through Inline: its policy would stop every script and style`);
}
