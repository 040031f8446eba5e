import { describe, expect, it } from 'vitest';
import { findReachFault, isPublicHost } from './reach.ts';

describe('isPublicHost', () => {
  it('knows what the internet does not route', () => {
    const closed = ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.7', '169.254.1.1', '100.64.0.1'];
    const closed6 = ['::1', '[::1]', 'fd00::2', 'fe80::1'];
    const names = ['localhost', 'souk', 'souk.local', 'nas.lan', 'a.localhost', 'media.internal'];
    for (const host of [...closed, ...closed6, ...names])
      expect([host, isPublicHost(host)]).toEqual([host, false]);
    for (const host of ['203.0.113.9', '172.32.0.1', '[2001:db8::9]', '2001:db8::9', 'live.shop.org'])
      expect([host, isPublicHost(host)]).toEqual([host, true]);
  });
});

describe('findReachFault', () => {
  const homely = [{ ip: '127.0.0.1' }, { ip: '192.168.1.7' }];

  it('names the addresses that the viewers of a public page cannot reach', () => {
    const fault = findReachFault(homely, 'https://live.shop.org');
    expect(fault).toMatch(/live\.shop\.org.*127\.0\.0\.1, 192\.168\.1\.7.*MEDIA_ANNOUNCED_ADDRESS/);
    expect(
      findReachFault([{ ip: '0.0.0.0', announcedAddress: '10.0.0.8' }], 'https://live.shop.org'),
    ).toBeDefined();
  });

  it('finds none where one address is public, or the page is not', () => {
    const announced = [{ ip: '0.0.0.0', announcedAddress: '203.0.113.9' }];
    expect(findReachFault(announced, 'https://live.shop.org')).toBeUndefined();
    expect(findReachFault([...homely, { ip: '2001:db8::9' }], 'https://live.shop.org')).toBeUndefined();
    for (const origin of [
      undefined,
      'http://localhost:8080',
      'https://192.168.1.7:8080',
      'http://souk.local',
    ])
      expect(findReachFault(homely, origin)).toBeUndefined();
  });
});
