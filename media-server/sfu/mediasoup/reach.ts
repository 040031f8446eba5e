import { BlockList, isIP, isIPv6 } from 'node:net';
import type { RtcAddress } from './rtc-addresses.ts';

/** Networks that are not routed on the internet (RFC 6890), and those of carriers' NAT (RFC 6598). */
const privateNetworks = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateNetworks.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateNetworks.addSubnet(network, prefix, 'ipv6');

const LOCAL_NAME = /(?:^|\.)(?:localhost|local|lan|home|internal|intranet|test|example|invalid)$/i;

/** True for an address or a name that the whole internet may know. */
export function isPublicHost(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0) return !privateNetworks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  return address.includes('.') && !LOCAL_NAME.test(address);
}

/**
 * Says what keeps the page's viewers from the media: pages come from a public host, and every address that they are
 * told for the media is good on this machine or network only. Undefined where nothing does.
 */
export function findReachFault(
  addresses: readonly RtcAddress[],
  publicOrigin: string | undefined,
): string | undefined {
  if (publicOrigin === undefined || !isPublicHost(new URL(publicOrigin).hostname)) return undefined;
  const told = addresses.map(({ ip, announcedAddress }) => announcedAddress ?? ip);
  if (told.some(isPublicHost)) return undefined;
  return `viewers of ${publicOrigin} cannot reach the media at ${told.join(', ')}: set MEDIA_ANNOUNCED_ADDRESS to the public address of this machine, and open MEDIA_RTC_PORT and the ports after it for UDP and TCP`;
}
