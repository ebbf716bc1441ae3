// `npm start`: builds the site, then serves it, in one process, so that a signal reaches the server itself.
import { fileURLToPath } from 'node:url';
import { build } from 'astro';
import { serve } from './main.ts';

const environment = { ...process.env }; // the build sets NODE_ENV for itself
const root = fileURLToPath(new URL('../..', import.meta.url));

process.env.ASTRO_TELEMETRY_DISABLED = '1';
await serve(environment, () => build({ root, logLevel: 'error' }));
