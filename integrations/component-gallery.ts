// Every component in all its states, for those who build the site. A build has no such page.
import type { AstroIntegration } from 'astro';

/** Serves the gallery on `/plan-des-composants` while `npm run dev` runs. */
export function componentGallery(): AstroIntegration {
  return {
    name: 'component-gallery',
    hooks: {
      'astro:config:setup'({ command, injectRoute }) {
        const entrypoint = './src/layouts/ComponentGallery.astro';
        if (command === 'dev') injectRoute({ pattern: '/plan-des-composants', entrypoint });
      },
    },
  };
}
