// `npm start`: builds the site in a process of its own, whose memory goes with it, then serves it in this one, so that
// a signal reaches the server itself.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serve } from '../server/main.ts';
import { openOutbox } from '../server/outbox/open.ts';
import { securityContact } from '../settings/security-contact.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

await serve(process.env, { prepare: build, open: openOutbox });

async function build(): Promise<void> {
  securityContact(process.env); // refused here, in one line, rather than in the middle of the build
  const command = ['node_modules/astro/bin/astro.mjs', 'build', '--silent'];
  const environment = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
  execFileSync(process.execPath, command, { cwd: root, env: environment, stdio: 'inherit' });
}
