import { describe, expect, it } from 'vitest';
import { ViewerMeter } from './viewer-meter.ts';

describe('viewer meter', () => {
  it('reports a change at once, and the next one after a quarter of a second', () => {
    const meter = new ViewerMeter();
    meter.arrived('usr_1');
    expect(meter.takeDue(1, 0)).toEqual({ viewers: 1, arrivals: ['usr_1'] });
    expect(meter.takeDue(2, 100)).toBeUndefined();
    expect(meter.takeDue(2, 250)).toEqual({ viewers: 2, arrivals: [] });
  });

  it('repeats an unchanged count before the report expires, and reports nothing of an empty room', () => {
    const meter = new ViewerMeter();
    expect(meter.takeDue(0, 0)).toBeUndefined();
    expect(meter.takeDue(4, 0)).toBeDefined();
    expect(meter.takeDue(4, 2_999)).toBeUndefined();
    expect(meter.takeDue(4, 3_000)).toEqual({ viewers: 4, arrivals: [] });
    expect(meter.takeDue(0, 6_000)).toEqual({ viewers: 0, arrivals: [] });
    expect(meter.takeDue(0, 60_000)).toBeUndefined();
  });
});
