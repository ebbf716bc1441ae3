// Slow clients in a process of their own, so that they keep nobody waiting but the site.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { slowClients } from '../tests/support/sockets.ts';

/** Resolves once 300 slow clients hold a connection each; then `goesOn` until all have been ended by the site. */
export async function holdSlowClients(origin: string): Promise<{ goesOn(): boolean }> {
  const child = fork(fileURLToPath(import.meta.url), [origin], { env: { PATH: process.env.PATH } });
  await once(child, 'message');
  return { goesOn: () => child.exitCode === null };
}

if (import.meta.main) {
  const [, , origin = ''] = process.argv;
  const clients = slowClients(origin, 100);
  await (await fetch(origin)).bytes(); // whoever knocked before has been let in
  process.send?.('all in');
  await Promise.all(clients.map(({ answer }) => answer));
  process.exit();
}
