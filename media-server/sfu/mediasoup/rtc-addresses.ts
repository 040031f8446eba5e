import { isIPv6 } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { types } from 'mediasoup';

export interface RtcAddressOptions {
  /**
   * Addresses that pages reach this machine by, when they are not its own (NAT), or to choose among its own: at most
   * one IPv4 address or name, and one IPv6 address, that are not its own. Separated by commas.
   */
  readonly announcedAddress: string | undefined;
  readonly interfaces?: NodeJS.Dict<NetworkInterfaceInfo[]>;
}

export interface RtcAddress {
  readonly ip: string;
  readonly announcedAddress?: string;
  /** Found, not asked for: left out where it cannot be listened on. */
  readonly isOptional?: true;
}

const LOOPBACK = '127.0.0.1';
const LOOPBACKS: readonly string[] = [LOOPBACK, '::1'];

/**
 * Where a worker listens for media. An announced address that is not ours is told to pages while we listen everywhere;
 * else we listen on the chosen addresses, or on the first ones of this machine, and on loopback:
 * some browsers never use loopback, and others have nothing else. Throws RangeError on two foreign addresses of a family.
 */
export function findRtcAddresses(options: RtcAddressOptions): RtcAddress[] {
  const own = ownAddresses(options.interfaces ?? networkInterfaces());
  const announced = (options.announcedAddress ?? '').split(',').flatMap((part) => part.trim() || []);
  const isOwn = (address: string): boolean => LOOPBACKS.includes(address) || own.includes(address);
  const foreign = announced.filter((address) => !isOwn(address)).map(toForeign);
  assertOneOfEachFamily(foreign);
  const everywhere = new Set(foreign.map(({ ip }) => ip));
  const chosen =
    announced.length > 0 ? announced.filter(isOwn).map((ip) => ({ ip })) : firstOfEachFamily(own);
  // A family that is listened for everywhere has no room for single addresses at the same port.
  const single = [{ ip: LOOPBACK }, ...chosen].filter(
    ({ ip }) => !everywhere.has(isIPv6(ip) ? '::' : '0.0.0.0'),
  );
  return [...new Map([...single, ...foreign].map((address) => [address.ip, address])).values()];
}

function toForeign(announcedAddress: string): RtcAddress {
  return { ip: isIPv6(announcedAddress) ? '::' : '0.0.0.0', announcedAddress };
}

function assertOneOfEachFamily(foreign: readonly RtcAddress[]): void {
  if (new Set(foreign.map(({ ip }) => ip)).size < foreign.length)
    throw new RangeError('MEDIA_ANNOUNCED_ADDRESS: one IPv4 address or name and one IPv6 address at most');
}

function firstOfEachFamily(own: readonly string[]): RtcAddress[] {
  const v4 = own.find((address) => !isIPv6(address));
  const v6 = own.find(isIPv6);
  return [
    ...(v4 === undefined ? [] : [{ ip: v4 }]),
    ...(v6 === undefined ? [] : [{ ip: v6, isOptional: true as const }]),
  ];
}

/** Addresses of this machine; those that are good on one link only are of no use to pages. */
function ownAddresses(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string[] {
  return Object.values(interfaces)
    .flatMap((infos) => infos ?? [])
    .filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address))
    .map(({ address }) => address);
}

/** The same port over UDP and TCP on each address; port 0 lets the worker choose. */
export function toListenInfos(addresses: readonly RtcAddress[], port: number): types.TransportListenInfo[] {
  return addresses.flatMap(({ ip, announcedAddress }) =>
    (['udp', 'tcp'] as const).map((protocol) => ({
      protocol,
      ip,
      ...(announcedAddress === undefined ? {} : { announcedAddress }),
      ...(port === 0 ? {} : { port }),
      // Else the IPv6 socket would take the port of the IPv4 one as well.
      ...(isIPv6(ip) ? { flags: { ipv6Only: true } } : {}),
    })),
  );
}
