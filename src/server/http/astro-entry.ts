// The entry of what the build leaves in dist/server: Astro's own application, and no server. Only the build reads this
// file (integrations/renderer.ts); the running site loads what came of it (renderer.ts).
import { createApp } from 'astro/app/entrypoint';

const app = createApp({ streaming: false }); // the middleware waits for the whole page
app.logger.setDestination({ write() {} }); // an error's message may quote the visitor; our journal says page-failed

/** What Astro answers at a bare path, with our locals. */
export function respond(path: string, locals: App.Locals): Promise<Response> {
  const request = new Request(new URL(path, 'http://localhost'));
  return app.render(request, { locals, prerenderedErrorPageFetch });
}

// Where Astro would ask itself for its page of errors, over the network: ours is in memory already.
async function prerenderedErrorPageFetch(): Promise<Response> {
  return new Response(null, { status: 500 });
}
