import type { Clock } from '@souk/runtime/clock';
import { h264Shape } from '../rtp/h264-shape.ts';
import type { FeedPacket } from '../rtp/track-feed.ts';
import type { Slot } from '../slots.ts';
import type { StreamTime } from '../stream-time.ts';
import { describeInputs } from './description.ts';
import { createFfmpegOptions } from './ffmpeg-options.ts';
import { type FfmpegProcess, startFfmpeg } from './ffmpeg-process.ts';
import { type InputPump, startInputPump } from './input-pump.ts';
import { openRtspSource, type RtspSource } from './rtsp-source.ts';
import type { RunPlan } from './run-plan.ts';
import type { RunStart } from './run-start.ts';
import { openSegmentSink } from './segment-sink.ts';
import { createSegmenter, type Segment } from './segmenter.ts';
import { createStallWatch } from './stall-watch.ts';

/** Why a run ended. */
export type RunEndReason =
  | 'stopped'
  | 'ffmpeg-ended'
  | 'format-changed'
  | 'clock-stepped'
  | 'clock-corrected'
  | 'stalled'
  | 'no-key-frames';

export interface RunEnd {
  readonly reason: RunEndReason;
  /** What ffmpeg said last. */
  readonly detail: string;
}

/** One ffmpeg at work, from tracks to segments. */
export interface Run {
  /** Resolves when it is over; never rejects. */
  readonly ended: Promise<RunEnd>;
  stop(reason: RunEndReason, detail?: string): void;
}

export interface RunOptions {
  readonly plan: RunPlan;
  readonly start: RunStart;
  readonly time: StreamTime;
  readonly clock: Clock;
  readonly onInit: (slot: Slot, bytes: Buffer) => void;
  readonly onSegment: (slot: Slot, segment: Segment) => void;
}

const REPORT_EVERY_MS = 1_000;
const MOST_BACKLOG_BYTES = 16 * 1_024 * 1_024;

/** Starts ffmpeg on these tracks. What it makes is told at once; when it fails, the run ends. */
export async function startRun(options: RunOptions): Promise<Run> {
  const { plan, start, clock } = options;
  const stalls = createStallWatch(plan, clock);
  const cutters = new Map<string, (bytes: Buffer) => void>();
  for (const { slot } of plan.outputs)
    cutters.set(
      slot,
      createSegmenter({
        originMs: start.originMs,
        onInit: (bytes) => options.onInit(slot, bytes),
        onSegment: (segment) => {
          stalls.noteSegment(slot);
          options.onSegment(slot, segment);
        },
      }),
    );
  const inputs = plan.inputs.map((feed, index) => ({ feed, format: start.formats[index] ?? '' }));
  const source = await openRtspSource(describeInputs(inputs));
  const sink = await openSegmentSink((output, bytes) => cutters.get(output)?.(bytes));
  const aspect = plan.inputs.flatMap(({ codec }, index) =>
    codec === 'VP8' ? [Number(start.formats[index])] : [],
  )[0];
  const places = { source: source.url, url: sink.url, leadsMs: start.leadsMs };
  const ffmpeg = startFfmpeg(createFfmpegOptions(plan, aspect ? { ...places, aspect } : places));

  const onPacket = (input: number, packet: FeedPacket, stop: Run['stop']): boolean => {
    if (plan.inputs[input]?.codec !== 'opus' && !isSameFormat(packet.format, start.formats[input] ?? '')) {
      stop('format-changed', `${start.formats[input]} → ${packet.format}`);
      return false;
    }
    stalls.notePacket(input, packet.beginsKeyFrame);
    return true;
  };
  const isHealthy = (pump: InputPump | undefined, stop: Run['stop']): void => {
    const jumpMs = pump?.report();
    if (jumpMs !== undefined) stop('clock-stepped', `${Math.round(jumpMs)} ms`);
    else if (source.backlogBytes > MOST_BACKLOG_BYTES) stop('stalled');
    const stall = stalls.findStall();
    if (stall !== undefined) stop(stall);
  };
  return superviseRun({ ffmpeg, source, closeSink: sink.close, options, onPacket, isHealthy });
}

/** Parameter sets may differ in what a decoder does not need; ffmpeg leaves the newer ones in the picture. */
function isSameFormat(format: string, before: string): boolean {
  // Sets may come in packets of their own: until both have come, nothing is known.
  if (format === before || format === '') return true;
  const [sps = '', pps] = format.split(',');
  const [spsBefore = '', ppsBefore] = before.split(',');
  return pps !== undefined && pps === ppsBefore && h264Shape(sps) === h264Shape(spsBefore);
}

interface RunParts {
  readonly ffmpeg: FfmpegProcess;
  readonly source: RtspSource;
  readonly closeSink: () => void;
  readonly options: RunOptions;
  readonly onPacket: (input: number, packet: FeedPacket, stop: Run['stop']) => boolean;
  readonly isHealthy: (pump: InputPump | undefined, stop: Run['stop']) => void;
}

function superviseRun({ ffmpeg, source, closeSink, options, onPacket, isHealthy }: RunParts): Run {
  const { plan, start, time } = options;
  let pump: InputPump | undefined;
  let isOver = false;
  let end: (end: RunEnd) => void = () => undefined;
  const ended = new Promise<RunEnd>((resolve) => {
    end = resolve;
  });
  const stop = (reason: RunEndReason, detail = ''): void => {
    if (isOver) return;
    isOver = true;
    clearInterval(timer);
    pump?.stop();
    ffmpeg.kill();
    source.close();
    closeSink();
    end({ reason, detail });
  };
  const timer = setInterval(() => isHealthy(pump, stop), REPORT_EVERY_MS);
  void ffmpeg.ended.then((lastWords) => stop('ffmpeg-ended', lastWords));
  void source.playing.then(() => {
    if (isOver) return;
    const pass = (input: number, packet: FeedPacket): boolean => !isOver && onPacket(input, packet, stop);
    pump = startInputPump({ inputs: plan.inputs, start, time, source, onPacket: pass });
    if (isOver) pump.stop();
  });
  return { ended, stop };
}
