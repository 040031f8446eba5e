import { describe, expect, it } from 'vitest';
import { clientAddressOf } from './client-address.ts';

const of = (remote: string, forwarded?: string): string =>
  clientAddressOf(remote, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded });

describe("a client's address", () => {
  it('is the other end of the connection', () => {
    expect(of('203.0.113.7')).toBe('203.0.113.7');
    expect(of('127.0.0.1')).toBe('127.0.0.1');
    expect(of('::ffff:203.0.113.7')).toBe('203.0.113.7');
  });

  it('is what proxies of the house say, and never what the client says itself', () => {
    expect(of('127.0.0.1', '203.0.113.7')).toBe('203.0.113.7');
    expect(of('10.0.0.2', '198.51.100.1, 203.0.113.7, 172.16.0.9')).toBe('203.0.113.7');
    expect(of('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7');
    expect(of('127.0.0.1', 'nonsense')).toBe('127.0.0.1');
  });

  it('is the network of an IPv6 address: a home has ever so many addresses', () => {
    expect(of('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::');
    expect(of('2001:0db8:0001:0002::9')).toBe('2001:db8:1:2::');
    expect(of('0000:0000:0000:0000:0000:0000:0000:0001')).toBe('::1');
    expect(of('::1', '2001:db8:1:2::7')).toBe('2001:db8:1:2::');
  });
});
