// Whom to tell of a weakness: a wrong address stops the build, a missing one or a date gone by is told.
import type { AstroIntegration } from 'astro';
import { securityWarning } from '../src/settings/security-contact.ts';

/** Checks the address that `/.well-known/security.txt` gives. */
export function securityContact(environment: NodeJS.ProcessEnv): AstroIntegration {
  return {
    name: 'security-contact',
    hooks: {
      'astro:config:setup'({ command, logger }) {
        const warning = securityWarning(environment, new Date());
        if (command === 'build' && warning) logger.warn(warning);
      },
    },
  };
}
