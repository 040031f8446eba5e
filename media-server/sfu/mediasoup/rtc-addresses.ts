import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { types } from 'mediasoup';

export interface RtcAddressOptions {
  /** Address that pages reach this machine by, when it is not one of its own (NAT), or to choose one. */
  readonly announcedAddress: string | undefined;
  readonly interfaces?: NodeJS.Dict<NetworkInterfaceInfo[]>;
}

export interface RtcAddress {
  readonly ip: string;
  readonly announcedAddress?: string;
}

const LOOPBACK = '127.0.0.1';

/**
 * Where a worker listens for media. An announced address that is not ours is told to pages while we listen everywhere;
 * else we listen on the chosen address, or on the first one of this machine, and on loopback:
 * some browsers never use loopback, and others have nothing else.
 */
export function findRtcAddresses(options: RtcAddressOptions): RtcAddress[] {
  const own = ownAddresses(options.interfaces ?? networkInterfaces());
  const { announcedAddress } = options;
  if (announcedAddress !== undefined && announcedAddress !== LOOPBACK && !own.includes(announcedAddress))
    return [{ ip: '0.0.0.0', announcedAddress }];
  const chosen = announcedAddress ?? own[0];
  return [...new Set([LOOPBACK, ...(chosen === undefined ? [] : [chosen])])].map((ip) => ({ ip }));
}

function ownAddresses(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string[] {
  return Object.values(interfaces)
    .flatMap((infos) => infos ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

/** The same port over UDP and TCP on each address; port 0 lets the worker choose. */
export function toListenInfos(addresses: readonly RtcAddress[], port: number): types.TransportListenInfo[] {
  return addresses.flatMap((address) =>
    (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ...address, ...(port === 0 ? {} : { port }) })),
  );
}
