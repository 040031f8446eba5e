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
const address6 = (ip: string): NetworkInterfaceInfo => ({
  ...address(ip, false),
  family: 'IPv6',
  netmask: 'ffff:ffff:ffff:ffff::',
  scopeid: 0,
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

describe('findRtcAddresses with IPv6', () => {
  const both = { ...interfaces, eth1: [address6('fe80::1'), address6('2001:db8::7')] };

  it('listens on the first address of each family, and never on one that is good on a single link', () => {
    expect(findRtcAddresses({ announcedAddress: undefined, interfaces: both })).toEqual([
      { ip: '127.0.0.1' },
      { ip: '192.168.1.7' },
      { ip: '2001:db8::7', isOptional: true },
    ]);
  });

  it('announces one foreign address of each family', () => {
    const announcedAddress = 'media.shop.org, 2001:db8::9';
    expect(findRtcAddresses({ announcedAddress, interfaces: both })).toEqual([
      { ip: '0.0.0.0', announcedAddress: 'media.shop.org' },
      { ip: '::', announcedAddress: '2001:db8::9' },
    ]);
    const two = { announcedAddress: '203.0.113.9,203.0.113.10', interfaces };
    expect(() => findRtcAddresses(two)).toThrow(RangeError);
  });

  it('takes what was chosen, and nothing else but loopback', () => {
    const announcedAddress = '2001:db8::7,203.0.113.9';
    expect(findRtcAddresses({ announcedAddress, interfaces: both })).toEqual([
      { ip: '2001:db8::7' },
      { ip: '0.0.0.0', announcedAddress: '203.0.113.9' },
    ]);
    expect(findRtcAddresses({ announcedAddress: '::1', interfaces: both })).toEqual([
      { ip: '127.0.0.1' },
      { ip: '::1' },
    ]);
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

  it('leaves the port of an IPv6 address to IPv4 as well', () => {
    const [info] = toListenInfos([{ ip: '::', announcedAddress: '2001:db8::9', isOptional: true }], 40_000);
    expect(info).toEqual({
      protocol: 'udp',
      ip: '::',
      announcedAddress: '2001:db8::9',
      port: 40_000,
      flags: { ipv6Only: true },
    });
  });
});
