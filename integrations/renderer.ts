// How on-demand pages are built: Astro's adapter for Node, with an entry of ours in the place of its server, which would
// add listeners to the process and answer from its own table of headers.
import { getAdapter } from '@astrojs/node';
import type { AstroIntegration } from 'astro';

const serverEntrypoint = './src/server/http/astro-entry.ts';

/** Builds `dist/server`, which `loadRender` loads. */
export function renderer(): AstroIntegration {
  return {
    name: 'renderer',
    hooks: {
      'astro:config:done'({ setAdapter }) {
        setAdapter({ ...getAdapter({ staticHeaders: false }), serverEntrypoint });
      },
    },
  };
}
