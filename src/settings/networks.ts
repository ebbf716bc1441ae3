// Networks written in a setting: the proxies whose word is believed.
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

/** A network: its address and how many of its bits count. */
export type Network = [IPv4 | IPv6, number];

/** Reads `10.0.0.0/8, ::1`: addresses or networks, separated by commas. Throws when one is neither. */
export function networksIn(written: string): Network[] {
  const each = written.split(',').map((one) => one.trim());
  return each.filter(Boolean).map((one) => {
    if (one.includes('/')) return ipaddr.parseCIDR(one);
    const address = ipaddr.process(one);
    return [address, address.toByteArray().length * 8];
  });
}
