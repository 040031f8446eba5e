import { BlockList, isIP } from 'node:net';
import type { RequestHeaders } from './hub-transport.ts';

/** Networks in which the proxies of the house stand; the other services trust the same ones. */
const ownNetworks = new BlockList();
ownNetworks.addSubnet('127.0.0.0', 8);
ownNetworks.addSubnet('10.0.0.0', 8);
ownNetworks.addSubnet('172.16.0.0', 12);
ownNetworks.addSubnet('192.168.0.0', 16);
ownNetworks.addSubnet('169.254.0.0', 16);
ownNetworks.addAddress('::1', 'ipv6');
ownNetworks.addSubnet('fc00::', 7, 'ipv6');
ownNetworks.addSubnet('fe80::', 10, 'ipv6');

/**
 * The address of a client: the other end of the connection, or what a proxy of the house says in `X-Forwarded-For`. From
 * the right, the first address outside of the own networks: what stands left of it the client may have written itself.
 */
export function clientAddressOf(remote: string, headers: RequestHeaders): string {
  const told = String(headers['x-forwarded-for'] ?? '').split(',');
  let address = plain(remote);
  for (const next of told.reverse().map(plain)) {
    if (!isOwn(address) || isIP(next) === 0) break;
    address = next;
  }
  return address;
}

function isOwn(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && ownNetworks.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** Node and uWebSockets.js write IPv4 on an IPv6 socket in different ways. */
function plain(address: string): string {
  const trimmed = address.trim().toLowerCase();
  return /^(?:::ffff:|(?:0000:){5}ffff:)((?:\d{1,3}\.){3}\d{1,3})$/.exec(trimmed)?.[1] ?? compact(trimmed);
}

/** Of an IPv6 address only the network counts: a home has 2⁶⁴ addresses of its own. */
function compact(address: string): string {
  if (isIP(address) !== 6 || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  const groups = [...before, ...gap, ...after].map((group) => Number.parseInt(group, 16).toString(16));
  return groups.slice(0, 7).every((group) => group === '0') ? '::1' : `${groups.slice(0, 4).join(':')}::`;
}
