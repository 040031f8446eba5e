import { isIPv6 } from 'node:net';

const MAPPED = '::ffff:';
const NETWORK_GROUPS = 4;

/**
 * What is counted as one sender: an IPv4 address, or the /64 network of an IPv6 address, since whoever has one address
 * of it has them all. Anything else, such as the id of a person, comes back as it is.
 */
export function networkOf(sender: string): string {
  if (!isIPv6(sender)) return sender;
  const address = sender.toLowerCase();
  if (address.startsWith(MAPPED) && address.includes('.')) return address.slice(MAPPED.length);
  return `${groupsOf(address).slice(0, NETWORK_GROUPS).join(':')}::/64`;
}

/** All eight groups of an IPv6 address, or as many as stand before an embedded IPv4 address. Source: RFC 4291, 2.2. */
function groupsOf(address: string): string[] {
  const [withoutZone = ''] = address.split('%');
  const [head = '', tail] = withoutZone.split('::');
  const before = head === '' ? [] : head.split(':');
  if (tail === undefined) return before.map(withoutZeros);
  const after = tail === '' ? [] : tail.split(':');
  const gap = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...gap, ...after].map(withoutZeros);
}

const withoutZeros = (group: string): string => group.replace(/^0+(?=.)/, '');
