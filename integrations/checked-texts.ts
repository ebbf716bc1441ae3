// A mistake in the texts stops the build with a sentence in French, before anything is rendered.
import type { AstroIntegration } from 'astro';
import { missingNames } from '../src/settings/publisher.ts';
import { readContent } from '../src/writing/read.ts';

/** Reads every text once, and tells which settings the legal page still misses. */
export function checkedTexts(environment: NodeJS.ProcessEnv): AstroIntegration {
  return {
    name: 'checked-texts',
    hooks: {
      'astro:config:setup'({ command, logger }) {
        readContent('src/content');
        const missing = missingNames(environment);
        if (command === 'build' && missing.length > 0)
          logger.warn(`Mentions légales à compléter par ces réglages : ${missing.join(', ')}.`);
      },
    },
  };
}
