// A site that knows its own address tells search engines where its map is.
import { appendFileSync } from 'node:fs';
import type { AstroIntegration } from 'astro';

/** Ends `robots.txt` with the address of the site map, where there is one. */
export function mapInRobots(origin: string | undefined): AstroIntegration {
  return {
    name: 'map-in-robots',
    hooks: {
      'astro:build:done'({ dir }) {
        if (origin) appendFileSync(new URL('robots.txt', dir), `\nSitemap: ${origin}/sitemap-index.xml\n`);
      },
    },
  };
}
