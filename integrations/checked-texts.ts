// A mistake in the texts stops the build with a sentence in French, before anything is rendered.
import type { AstroIntegration } from 'astro';
import { missingNames } from '../src/settings/publisher.ts';
import { readContent } from '../src/writing/read.ts';
import { openingNotice } from './opening-notice.ts';

/** Reads every text once, and tells at the end of a build which settings the pages of the law still miss. */
export function checkedTexts(environment: NodeJS.ProcessEnv): AstroIntegration {
  const missing = missingNames(environment);
  return {
    name: 'checked-texts',
    hooks: {
      'astro:config:setup'() {
        readContent('src/content');
      },
      'astro:build:done'({ logger }) {
        const notice = environment.NODE_ENV === 'production' ? openingNotice(missing) : undefined;
        if (notice) logger.warn(notice);
        else if (missing.length > 0) logger.warn(`Pour ouvrir, il manque : ${missing.join(', ')}.`);
      },
    },
  };
}
