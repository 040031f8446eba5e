import { type PeerName, peerNames } from '../../peers/fan-out/peer-names.ts';
import { atLeast, atMost, type Check, exactly } from '../../report/check.ts';
import { median, round2, spread } from '../../report/median.ts';
import type { Results } from '../../report/report.ts';
import type { Outcome } from '../scenario.ts';
import type { RoundFigures } from './round.ts';

export type ContenderName = 'hub' | PeerName;

/** What one load came to: rounds of each server in turn. */
export interface LoadFigures {
  readonly name: 'steady' | 'burst';
  readonly viewers: number;
  readonly perSecond: number;
  /** All that were played. */
  readonly rounds: Readonly<Record<ContenderName, RoundFigures[]>>;
  /** How many should count at each server. */
  readonly wantedRounds: number;
}

const bounds = {
  steady: { perCpuSecondVsStock: 1.5, perCpuSecondVsRawUws: 0.8, deliveryP99Ms: 250 },
  burst: { perCpuSecondVsStock: 5, perCpuSecondVsRawUws: 2, deliveryP99Ms: undefined },
} as const;
const MAX_MEMORY_VS_STOCK = 0.6;
/** A process of viewers that has less than this to spare holds the server back. */
const MAX_CLIENT_SHARE = 0.92;
const MAX_MACHINE_SHARE = 0.97;

/** Medians of the rounds, and what the hub delivers for a second of the processor compared with its peers in the same run. */
export function reportChatFanout(loads: readonly LoadFigures[]): Outcome {
  return {
    results: Object.fromEntries(loads.map((load) => [load.name, describeLoad(load)])),
    peers: loads.flatMap(({ name, rounds }) =>
      peerNames.map((peer) => ({ name: `${peer}, ${name}`, results: describe(rounds[peer]) })),
    ),
    checks: loads.flatMap(checksOf),
  };
}

function describeLoad({ viewers, perSecond, rounds: played }: LoadFigures): Results {
  const rounds = counting(played);
  const all = Object.values(played).flat();
  return {
    viewers,
    messagesPerSecond: perSecond,
    perCpuSecondVsStock: round2(ratioTo(rounds, 'socket.io on ws')),
    perCpuSecondVsStockSpread: spread(ratiosTo(rounds, 'socket.io on ws')),
    perCpuSecondVsUwsSocketIo: round2(ratioTo(rounds, 'socket.io on uWebSockets.js')),
    perCpuSecondVsRawUws: round2(ratioTo(rounds, 'raw uWebSockets.js')),
    perCpuSecondVsRawUwsSpread: spread(ratiosTo(rounds, 'raw uWebSockets.js')),
    memoryPerConnectionVsStock: round2(memoryVsStock(rounds)),
    heldBackRounds: all.length - all.filter(doesCount).length,
    ...describe(played.hub),
  };
}

/** Figures come from the rounds that count; faults from all that were played. */
function describe(played: readonly RoundFigures[]): Results {
  const rounds = countingOf(played);
  const middle = (pick: (figures: RoundFigures) => number): number => round2(median(rounds.map(pick)));
  const { lost, disordered, duplicated } = faultsOf(played);
  return {
    deliveriesPerCpuSecond: Math.round(median(rounds.map(perCpuSecond))),
    deliveriesPerCpuSecondSpread: spread(rounds.map(perCpuSecond)),
    deliveriesPerSecond: Math.round(median(rounds.map(({ deliveries, seconds }) => deliveries / seconds))),
    serverCores: middle(({ serverCpuSeconds, seconds }) => serverCpuSeconds / seconds),
    deliveryMs: {
      count: rounds.reduce((sum, { deliveryMs }) => sum + deliveryMs.count, 0),
      p50: middle(({ deliveryMs }) => deliveryMs.p50),
      p95: middle(({ deliveryMs }) => deliveryMs.p95),
      p99: middle(({ deliveryMs }) => deliveryMs.p99),
      max: Math.max(0, ...rounds.map(({ deliveryMs }) => deliveryMs.max)),
    },
    bytesPerConnection: Math.round(median(rounds.map(({ bytesPerConnection }) => bytesPerConnection))),
    busiestClientShare: round2(Math.max(0, ...rounds.map(({ busiestClientShare }) => busiestClientShare))),
    machineIdleShare: middle(({ idleShare }) => idleShare),
    ...{ lost, disordered, duplicated },
  };
}

function checksOf(load: LoadFigures): Check[] {
  const { name, rounds: played } = load;
  const rounds = counting(played);
  const { perCpuSecondVsStock, perCpuSecondVsRawUws, deliveryP99Ms } = bounds[name];
  const { lost, disordered, duplicated } = faultsOf(played.hub);
  const p99 = median(rounds.hub.map(({ deliveryMs }) => deliveryMs.p99));
  return [
    exactly(`${name}: lost`, lost, 0),
    exactly(`${name}: duplicated or out of order`, disordered + duplicated, 0),
    atLeast(`${name}: perCpuSecondVsStock`, round2(ratioTo(rounds, 'socket.io on ws')), perCpuSecondVsStock),
    atLeast(
      `${name}: perCpuSecondVsRawUws`,
      round2(ratioTo(rounds, 'raw uWebSockets.js')),
      perCpuSecondVsRawUws,
    ),
    ...(deliveryP99Ms === undefined ? [] : [atMost(`${name}: deliveryMs.p99`, p99, deliveryP99Ms)]),
    atMost(`${name}: memoryPerConnectionVsStock`, round2(memoryVsStock(rounds)), MAX_MEMORY_VS_STOCK),
    atLeast(`${name}: rounds that count, at each server`, fewestRounds(played), load.wantedRounds),
  ];
}

const perCpuSecond = ({ deliveries, serverCpuSeconds }: RoundFigures): number =>
  deliveries / serverCpuSeconds;

function ratioTo(rounds: LoadFigures['rounds'], peer: PeerName): number {
  return median(rounds.hub.map(perCpuSecond)) / median(rounds[peer].map(perCpuSecond));
}

function ratiosTo(rounds: LoadFigures['rounds'], peer: PeerName): number[] {
  return rounds.hub.map((figures, index) => {
    const other = rounds[peer][index];
    return other === undefined ? 0 : perCpuSecond(figures) / perCpuSecond(other);
  });
}

function memoryVsStock(rounds: LoadFigures['rounds']): number {
  const memory = (figures: readonly RoundFigures[]): number =>
    median(figures.map(({ bytesPerConnection }) => bytesPerConnection));
  return memory(rounds.hub) / memory(rounds['socket.io on ws']);
}

function faultsOf(rounds: readonly RoundFigures[]) {
  const sum = (pick: (figures: RoundFigures) => number): number =>
    rounds.reduce((total, figures) => total + pick(figures), 0);
  return {
    lost: sum(({ verdict }) => verdict.lost),
    disordered: sum(({ verdict }) => verdict.disordered),
    duplicated: sum(({ verdict }) => verdict.duplicated),
  };
}

function fewestRounds(rounds: LoadFigures['rounds']): number {
  return Math.min(...Object.values(rounds).map((played) => played.filter(doesCount).length));
}

/** The rounds that figures are taken from. */
function counting(played: LoadFigures['rounds']): LoadFigures['rounds'] {
  return {
    hub: countingOf(played.hub),
    'socket.io on ws': countingOf(played['socket.io on ws']),
    'socket.io on uWebSockets.js': countingOf(played['socket.io on uWebSockets.js']),
    'raw uWebSockets.js': countingOf(played['raw uWebSockets.js']),
  };
}

/** Where none counts all are looked at, and a check says so. */
function countingOf(played: readonly RoundFigures[]): RoundFigures[] {
  const good = played.filter(doesCount);
  return good.length === 0 ? [...played] : good;
}

/** A server's own saturation is a finding; that of the viewers, or of the whole machine, makes a round worthless. */
export function doesCount({
  busiestClientShare,
  idleShare,
  serverCpuSeconds,
  seconds,
}: RoundFigures): boolean {
  const isServerFull = serverCpuSeconds / seconds > MAX_CLIENT_SHARE;
  return busiestClientShare <= MAX_CLIENT_SHARE && (isServerFull || 1 - idleShare <= MAX_MACHINE_SHARE);
}
