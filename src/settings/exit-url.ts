// Where quick exit leads, and what makes an address safe to send somebody to.
import type { Environment } from './environment.ts';
import { refuse } from './setting-error.ts';

/** Where quick exit leads: https, or http on this very machine. Throws `SettingError` otherwise. */
export function exitUrlFrom(environment: Environment): string {
  const written = environment.EXIT_URL || 'https://meteofrance.com/';
  const url = URL.parse(written);
  if (!url) return refuse('EXIT_URL', 'ce n’est pas une adresse web');
  if (!isSafe(url)) refuse('EXIT_URL', 'une adresse https');
  const origin = environment.PUBLIC_ORIGIN;
  if (origin && url.origin === URL.parse(origin)?.origin) refuse('EXIT_URL', 'un autre site que le nôtre');
  return url.href;
}

/** Whether an address is https, or http on this very machine. */
export function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLocal(hostname));
}

/** Whether a host is this very machine: what goes there passes no network. */
export function isLocal(host: string): boolean {
  return /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/.test(host);
}
