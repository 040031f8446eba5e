import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCrashSeam, noCrash } from './crash-seam.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'souk-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const config = { NODE_ENV: 'test', CRASH_POINTS_DIR: '', BREAK_CLAIM_GUARD: false };

describe('crash seam', () => {
  it('does nothing unless it is asked for', () => {
    expect(createCrashSeam(config)).toBe(noCrash);
    expect(createCrashSeam({ ...config, NODE_ENV: 'production' })).toBe(noCrash);
  });

  it.each([{ CRASH_POINTS_DIR: '/tmp' }, { BREAK_CLAIM_GUARD: true }])(
    'is refused in production: %o',
    (wish) => {
      expect(() => createCrashSeam({ ...config, NODE_ENV: 'production', ...wish })).toThrow(/refused/);
    },
  );

  it('dies once, at the point that is armed', () => {
    const die = vi.fn();
    const { reach } = createCrashSeam({ ...config, CRASH_POINTS_DIR: folder }, die);
    reach('after-claim');
    expect(die).not.toHaveBeenCalled();
    writeFileSync(path.join(folder, 'after-claim'), '');
    reach('after-hold');
    expect(die).not.toHaveBeenCalled();
    reach('after-claim');
    reach('after-claim');
    expect(die).toHaveBeenCalledOnce();
    expect(existsSync(path.join(folder, 'after-claim.reached'))).toBe(true);
  });
});
