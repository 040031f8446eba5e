import { describe, expect, it } from 'vitest';
import { h264Shape } from './h264-shape.ts';

// As a browser's encoder made them, one after the other, of one camera.
const smallCamera = 'Z0LAFYyNcKDLzzUGBgYHhEI3AA==';
const smallCameraInOtherColours = 'Z0LAFYyNcKDLzzcBDQEHhEI3AA==';
const wide = 'Z0LAIIyNcCgC3TUGBgYHhEI3AA==';
const half = 'Z0LAH4yNcFAX/LNQYGBgeEQjcA==';

describe('the shape of a sequence parameter set', () => {
  it('stays the same when only the display hints change', () => {
    expect(h264Shape(smallCamera)).toBe(h264Shape(smallCameraInOtherColours));
  });

  it('changes with the size of the picture', () => {
    expect(new Set([smallCamera, wide, half].map(h264Shape)).size).toBe(3);
  });

  it('is the set itself where it cannot be read', () => {
    expect(h264Shape('Z0LA')).toBe('Z0LA');
    expect(h264Shape('')).toBe('');
  });
});
