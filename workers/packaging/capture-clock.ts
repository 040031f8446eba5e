/**
 * Tells when a moment of one track was captured. Timestamps of RTP count from anywhere in units of the track's clock;
 * this finds the instant that belongs to them, from what packets say (capture time) or from when they arrive.
 */
export interface CaptureClock {
  /** A packet said when it was captured: Unix milliseconds on the publisher's clock. */
  noteCapture(ticks: number, capturedAtMs: number, arrivedAtMs: number): void;
  /** A packet arrived: Unix milliseconds on this machine's clock. */
  noteArrival(ticks: number, arrivedAtMs: number): void;
  /** True once a packet has said when it was captured. */
  readonly knowsCapture: boolean;
  /** The least time that a packet took from its capture to here, as both clocks say; undefined without capture times. */
  readonly leastDelayMs: number | undefined;
  /** Unix milliseconds of a moment, by capture times of the publisher. */
  captureMs(ticks: number): number | undefined;
  /** Unix milliseconds of a moment, by arrival: the packet that was delayed least sets the pace. */
  arrivalMs(ticks: number): number | undefined;
}

/** Capture times jitter by the devices' buffers; one second's worth moves the estimate by a tenth. */
const SMOOTHING = 0.1;
/** Further off than this is no jitter: the publisher's clock was set. */
const STEP_MS = 500;
/** How fast the least delay may grow again, in milliseconds per millisecond: above the drift of any crystal. */
const LEAK = 0.0002;

/** A clock for one track. `clockRate` is in ticks per second; ticks do not wrap. */
export function createCaptureClock(clockRate: number): CaptureClock {
  const toMs = (ticks: number): number => (ticks / clockRate) * 1_000;
  let captureOffsetMs: number | undefined;
  let arrivalOffsetMs: number | undefined;
  let leastDelayMs: number | undefined;
  let lastArrivalMs: number | undefined;
  return {
    noteCapture(ticks, capturedAtMs, arrivedAtMs) {
      const offset = capturedAtMs - toMs(ticks);
      const isFarOff = captureOffsetMs !== undefined && Math.abs(offset - captureOffsetMs) > STEP_MS;
      if (captureOffsetMs === undefined || isFarOff) {
        captureOffsetMs = offset;
        leastDelayMs = undefined;
      } else captureOffsetMs += (offset - captureOffsetMs) * SMOOTHING;
      leastDelayMs = Math.min(leastDelayMs ?? Number.POSITIVE_INFINITY, arrivedAtMs - capturedAtMs);
    },
    noteArrival(ticks, arrivedAtMs) {
      const offset = arrivedAtMs - toMs(ticks);
      if (arrivalOffsetMs === undefined || lastArrivalMs === undefined) arrivalOffsetMs = offset;
      else {
        const isFarOff = Math.abs(offset - arrivalOffsetMs) > 10 * STEP_MS;
        const leaked = arrivalOffsetMs + Math.max(0, arrivedAtMs - lastArrivalMs) * LEAK;
        arrivalOffsetMs = isFarOff ? offset : Math.min(leaked, offset);
      }
      lastArrivalMs = arrivedAtMs;
    },
    get knowsCapture() {
      return captureOffsetMs !== undefined;
    },
    get leastDelayMs() {
      return leastDelayMs;
    },
    captureMs: (ticks) => (captureOffsetMs === undefined ? undefined : captureOffsetMs + toMs(ticks)),
    arrivalMs: (ticks) => (arrivalOffsetMs === undefined ? undefined : arrivalOffsetMs + toMs(ticks)),
  };
}
