import { describe, expect, it } from 'vitest';
import { captureTimeOf } from './capture-time.ts';

const NTP_TO_UNIX_MS = 2_208_988_800_000;
const captureTimestamp = 1_700_000_000_000 + NTP_TO_UNIX_MS;

describe('the time at which a frame was captured', () => {
  it('is earlier than that of the newest packet by what lies between them', () => {
    const source = { rtpTimestamp: 90_000, captureTimestamp };
    expect(captureTimeOf(source, 90_000 - 45_000, 0)).toBe(1_700_000_000_000 - 500);
  });

  it('is right where the count of the track begins anew', () => {
    const source = { rtpTimestamp: 450, captureTimestamp };
    expect(captureTimeOf(source, 2 ** 32 - 450, 0)).toBe(1_700_000_000_000 - 10);
  });

  it('is told by the clock of the server, by what the host measured before what the browser guesses', () => {
    const source = { rtpTimestamp: 0, captureTimestamp, senderCaptureTimeOffset: 40 };
    expect(captureTimeOf(source, 0, -1_500)).toBe(1_700_000_000_000 - 1_500);
    expect(captureTimeOf(source, 0, undefined)).toBe(1_700_000_000_000 - 40);
  });

  it('is not known where packets do not carry it', () => {
    expect(captureTimeOf({ rtpTimestamp: 0 }, 0, 0)).toBeUndefined();
    expect(captureTimeOf(undefined, 0, 0)).toBeUndefined();
  });
});
