import { AppError } from '@souk/runtime/app-error';
import { describe, expect, it } from 'vitest';
import { sdp, trickle } from '../testing/sdp-samples.ts';
import { transportView } from '../testing/sfu-samples.ts';
import { readFragment, writeFragment } from './fragment.ts';

const isRefused = (text: string): boolean => {
  try {
    readFragment(text);
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === 'INVALID_SDP') return true;
    throw error;
  }
};

describe('a fragment', () => {
  it('names the ICE session that it is of, in its section or before it', () => {
    expect(readFragment(trickle('EsAw'))).toEqual({ iceUfrag: 'EsAw' });
    expect(readFragment(sdp('a=ice-ufrag:ysXw', 'a=ice-pwd:vw5LmwG4y/e6dPP/zAP9Gp5k'))).toEqual({
      iceUfrag: 'ysXw',
    });
  });

  it('may be of digits, and may leave the name out when it tells candidates', () => {
    expect(readFragment(trickle('1234', '1234567890123456789012'))).toEqual({ iceUfrag: '1234' });
    expect(readFragment(sdp('m=audio 9 RTP/AVP 0', 'a=mid:0', 'a=end-of-candidates'))).toEqual({
      iceUfrag: undefined,
    });
  });

  it.each([
    ['nothing', ''],
    ['nothing of use', 'a=mid:0\r\n'],
    ['half of the credentials', 'a=ice-ufrag:ysXw\r\n'],
    ['credentials of other characters', sdp('a=ice-ufrag:y s', 'a=ice-pwd:vw5LmwG4y/e6dPP/zAP9Gp5k')],
    ['something else', '{"candidate":1}'],
    ['very long lines', `a=candidate:${'1'.repeat(5_000)}`],
  ])('with %s is refused', (_what, text) => {
    expect(isRefused(text)).toBe(true);
  });
});

describe('our fragment', () => {
  it('has the new credentials, and what the answer said of ICE', () => {
    const ice = { usernameFragment: 'newname', password: 'newpassword1234567890ab' };
    const text = writeFragment(ice, transportView.candidates, '0');
    expect(text.split('\r\n').slice(0, 7)).toEqual([
      'a=ice-lite',
      'a=ice-options:trickle',
      'a=group:BUNDLE 0',
      'm=audio 9 UDP/TLS/RTP/SAVPF 0',
      'a=mid:0',
      'a=ice-ufrag:newname',
      'a=ice-pwd:newpassword1234567890ab',
    ]);
    expect(readFragment(text)).toEqual({ iceUfrag: 'newname' });
  });
});
