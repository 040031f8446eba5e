import { atMost, exactly } from '../../report/check.ts';
import type { Results } from '../../report/report.ts';
import type { Outcome } from '../scenario.ts';
import type { RoundFigures } from './round.ts';

/** What one number of viewers came to: a round of each server in turn. */
export interface Step {
  readonly viewers: number;
  readonly own: RoundFigures[];
  readonly bare: RoundFigures[];
}

const MAX_OVERHEAD = 1.1;
/** With less than this to spare, it is the bots that bound the round, and the server waits for its turn. */
const MIN_IDLE_SHARE = 0.03;

/** Medians of the rounds, and what the media-server takes for a packet compared with bare mediasoup in the same run. */
export function reportMediaFanout(steps: readonly Step[]): Outcome {
  const silent = steps.flatMap(({ own, bare }) => [...own, ...bare]).reduce((sum, f) => sum + f.silent, 0);
  const told = steps.map(describeStep);
  const counted = told.filter(({ isMachineFull }) => !isMachineFull);
  const overhead = Math.max(0, ...(counted.length === 0 ? told : counted).map((step) => step.overhead));
  return {
    results: {
      overheadVsBareMediasoup: overhead,
      /** Steps with room left on the machine; the others are bounded by the bots. */
      countedSteps: counted.length,
      steps: told,
    },
    peers: steps.map(({ viewers, bare }) => ({
      name: `bare mediasoup, ${viewers} viewers`,
      results: describeServer(viewers, bare),
    })),
    checks: [
      atMost('overheadVsBareMediasoup', overhead, MAX_OVERHEAD),
      exactly('viewers who received nothing', silent, 0),
    ],
  };
}

function describeStep({ viewers, own, bare }: Step) {
  const ratios = own.map((figures, round) => microsPerPacket(figures) / microsPerPacket(bare[round]));
  const idleShare = median([...own, ...bare].map((figures) => figures.idleShare));
  return {
    viewers,
    overhead: round2(median(own.map(microsPerPacket)) / median(bare.map(microsPerPacket))),
    overheadSpread: `${round2(Math.min(...ratios))} to ${round2(Math.max(...ratios))}`,
    isMachineFull: idleShare < MIN_IDLE_SHARE,
    machineIdleShare: round2(idleShare),
    botsCores: round2(median(own.map(({ botsCpuSeconds, seconds }) => botsCpuSeconds / seconds))),
    ...describeServer(viewers, own),
  };
}

function describeServer(viewers: number, rounds: readonly RoundFigures[]): Results {
  const cores = median(rounds.map(({ serverCpuSeconds, seconds }) => serverCpuSeconds / seconds));
  return {
    microsPerPacket: round2(median(rounds.map(microsPerPacket))),
    packetsPerSecond: Math.round(median(rounds.map(({ packets, seconds }) => packets / seconds))),
    megabitPerSecond: round2(median(rounds.map(({ bytes, seconds }) => (bytes * 8) / seconds / 1e6))),
    serverCores: round2(cores),
    viewersPerCore: Math.round(viewers / cores),
    cpuSecondsPerGbit: round2(
      median(rounds.map(({ serverCpuSeconds, bytes }) => serverCpuSeconds / ((bytes * 8) / 1e9))),
    ),
  };
}

/** Processor time of the whole server for each packet that arrived somewhere. */
function microsPerPacket(figures: RoundFigures | undefined): number {
  if (figures === undefined || figures.packets === 0) return Number.POSITIVE_INFINITY;
  return (figures.serverCpuSeconds * 1e6) / figures.packets;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const round2 = (value: number): number => Math.round(value * 100) / 100;
