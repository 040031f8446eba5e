import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { findRtcAddresses, toListenInfos } from './rtc-addresses.ts';

const address = (ip: string, internal: boolean): NetworkInterfaceInfo => ({
  address: ip,
  family: 'IPv4',
  internal,
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: null,
});
const interfaces = { lo: [address('127.0.0.1', true)], eth0: [address('192.168.1.7', false)] };

describe('findRtcAddresses', () => {
  it('listens on loopback and on the first address of the machine', () => {
    const addresses = findRtcAddresses({ announcedAddress: undefined, interfaces });
    expect(addresses).toEqual([{ ip: '127.0.0.1' }, { ip: '192.168.1.7' }]);
  });

  it('listens on the chosen address when it is one of the machine', () => {
    const addresses = findRtcAddresses({ announcedAddress: '192.168.1.7', interfaces });
    expect(addresses).toEqual([{ ip: '127.0.0.1' }, { ip: '192.168.1.7' }]);
  });

  it('listens everywhere when pages reach the machine by a foreign address', () => {
    const addresses = findRtcAddresses({ announcedAddress: '203.0.113.9', interfaces });
    expect(addresses).toEqual([{ ip: '0.0.0.0', announcedAddress: '203.0.113.9' }]);
  });

  it('keeps to loopback when told so, or when there is nothing else', () => {
    expect(findRtcAddresses({ announcedAddress: '127.0.0.1', interfaces })).toEqual([{ ip: '127.0.0.1' }]);
    expect(findRtcAddresses({ announcedAddress: undefined, interfaces: {} })).toEqual([{ ip: '127.0.0.1' }]);
  });
});

describe('toListenInfos', () => {
  it('takes the same port for UDP and TCP, and none where the system chooses', () => {
    expect(toListenInfos([{ ip: '127.0.0.1' }], 40_000)).toEqual([
      { protocol: 'udp', ip: '127.0.0.1', port: 40_000 },
      { protocol: 'tcp', ip: '127.0.0.1', port: 40_000 },
    ]);
    expect(toListenInfos([{ ip: '127.0.0.1' }], 0)[0]).not.toHaveProperty('port');
  });
});
