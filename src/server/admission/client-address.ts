// The client's address: where a request comes from, through the proxies that we trust. Used to count and forgotten: it is
// written nowhere.
import type { IncomingMessage } from 'node:http';
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';
import type { Network } from '../../settings/networks.ts';

/**
 * Whose request it is: the last address that is not a trusted proxy's, read from the connection back through
 * `X-Forwarded-For` (a visitor can write its beginning, not its end). An IPv6 address is cut to its network of 56 bits,
 * because one household holds them all.
 */
export function visitorOf({ socket, headers }: IncomingMessage, trusted: Network[]): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  let nearest: IPv4 | IPv6 | undefined;
  for (const hop of [socket.remoteAddress ?? '', ...forwarded.toReversed()]) {
    const address = addressIn(hop);
    if (!address) break;
    nearest = address;
    if (!isOneOf(trusted, address)) break;
  }
  return nearest ? householdOf(nearest) : '';
}

/** Whether a proxy stands before us that nobody named: everybody would be counted as one visitor. */
export function isBehindUnknownProxy({ socket, headers }: IncomingMessage, trusted: Network[]): boolean {
  const peer = headers['x-forwarded-for'] && addressIn(socket.remoteAddress ?? '');
  if (!peer || isOneOf(trusted, peer)) return false;
  return ['loopback', 'private', 'uniqueLocal', 'linkLocal'].includes(peer.range());
}

function addressIn(text: string): IPv4 | IPv6 | undefined {
  const bare = text.trim().replace(/^\[(.*)\](:\d+)?$|^([\d.]+):\d+$/, '$1$3'); // some proxies add the port
  return ipaddr.isValid(bare) ? ipaddr.process(bare) : undefined;
}

function isOneOf(networks: Network[], address: IPv4 | IPv6): boolean {
  return networks.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits));
}

function householdOf(address: IPv4 | IPv6): string {
  if (address.kind() === 'ipv4') return address.toString();
  return Buffer.from(address.toByteArray().slice(0, 7)).toString('hex');
}
