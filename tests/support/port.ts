// Ports for tests.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// Under 32768, from which Linux takes the port of any connection (49152 elsewhere), and over 10080, the last that fetch
// refuses.
const [lowestPort, endOfPorts] = [10_081, 32_768];

/**
 * A port that nobody listens on. Drawn where no system chooses one by itself: nothing that another test opens meanwhile
 * can take it.
 */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = randomInt(lowestPort, endOfPorts);
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!isFree) return freePort();
  server.close();
  await once(server, 'close');
  return port;
}
