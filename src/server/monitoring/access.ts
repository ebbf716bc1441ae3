// Who may read the details of health: somebody on this very machine, or who shows the token.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * True for who watches over the site: somebody on this very machine, not through a proxy, or who shows the token.
 */
export function maySeeDetails({ socket, headers }: IncomingMessage, token: string | undefined): boolean {
  const shown = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  if (token && shown) return timingSafeEqual(digest(shown), digest(token));
  const isLocal = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '');
  return isLocal && !headers['x-forwarded-for'] && !headers.forwarded && !headers.via;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
