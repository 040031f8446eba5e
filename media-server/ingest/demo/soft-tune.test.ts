import { describe, expect, it } from 'vitest';
import { layout } from './layout.ts';
import { composeSoftTune } from './soft-tune.ts';

describe('the tune of the demo show', () => {
  const wav = composeSoftTune();
  const samples = new Int16Array(wav.buffer, wav.byteOffset + 44, (wav.length - 44) / 2);

  it('is as long as one product is shown', () => {
    expect(wav.subarray(0, 4).toString()).toBe('RIFF');
    expect(samples.length).toBe((layout.productMs / 1_000) * 48_000);
  });

  it('can be heard, and never clips', () => {
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak).toBeGreaterThan(3_000);
    expect(peak).toBeLessThan(32_000);
  });
});
