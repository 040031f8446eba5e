import { describe, expect, it } from 'vitest';
import { doesCount, type LoadFigures, reportChatFanout } from './report.ts';
import type { RoundFigures } from './round.ts';

const deliveryMs = { count: 100_000, min: 1, p50: 20, p95: 50, p99: 100, max: 120 };
const figures = (changed: Partial<RoundFigures> = {}): RoundFigures => ({
  ids: [],
  deliveries: 100_000,
  expected: 100_000,
  seconds: 10,
  serverCpuSeconds: 1,
  busiestClientShare: 0.2,
  idleShare: 0.4,
  deliveryMs,
  bytesPerConnection: 5_000,
  verdict: { lost: 0, duplicated: 0, disordered: 0, unknown: 0, states: {}, histories: 0 },
  ...changed,
});

function failuresOf(changed: Partial<LoadFigures['rounds']> = {}): string[] {
  const stock = figures({ serverCpuSeconds: 3, bytesPerConnection: 20_000 });
  const rounds = {
    hub: [figures()],
    'socket.io on ws': [stock],
    'socket.io on uWebSockets.js': [figures()],
    'raw uWebSockets.js': [figures()],
    ...changed,
  };
  const { checks } = reportChatFanout([
    { name: 'steady', viewers: 5_000, perSecond: 20, rounds, wantedRounds: 1 },
  ]);
  return checks.filter(({ pass }) => !pass).map(({ name }) => name);
}

describe('chat-fanout report', () => {
  it('passes when the hub keeps its bounds', () => {
    expect(failuresOf()).toEqual([]);
  });

  it.each([
    ['steady: lost', { verdict: { ...figures().verdict, lost: 1 } }],
    ['steady: duplicated or out of order', { verdict: { ...figures().verdict, disordered: 1 } }],
    ['steady: deliveryMs.p99', { deliveryMs: { ...deliveryMs, p99: 251 } }],
    ['steady: memoryPerConnectionVsStock', { bytesPerConnection: 15_000 }],
  ])('fails on %s', (name, changed) => {
    expect(failuresOf({ hub: [figures(changed)] })).toEqual([name]);
  });

  it('fails when a server has too few rounds that count', () => {
    const heldBack = figures({ busiestClientShare: 0.99 });
    expect(failuresOf({ 'raw uWebSockets.js': [heldBack] })).toEqual([
      'steady: rounds that count, at each server',
    ]);
  });

  it('takes no figures from a round that was held back, but its faults', () => {
    const heldBack = figures({ idleShare: 0, serverCpuSeconds: 9 });
    expect(failuresOf({ hub: [heldBack, figures(), heldBack] })).toEqual([]);
    const faulty = { ...heldBack, verdict: { ...heldBack.verdict, lost: 1 } };
    expect(failuresOf({ hub: [figures(), faulty] })).toEqual(['steady: lost']);
  });

  it.each([
    [{ busiestClientShare: 0.99 }, false],
    [{ idleShare: 0 }, false],
    // A server that takes a whole core is the limit itself.
    [{ idleShare: 0, serverCpuSeconds: 10 }, true],
    [{}, true],
  ])('knows whether viewers or machine hold a server back: %o', (changed, expected) => {
    expect(doesCount(figures(changed))).toBe(expected);
  });

  it('fails when a second of the processor brings too little', () => {
    expect(failuresOf({ hub: [figures({ serverCpuSeconds: 2.5 })] })).toEqual([
      'steady: perCpuSecondVsStock',
      'steady: perCpuSecondVsRawUws',
    ]);
  });
});
