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
  /** How long packets take at least from their capture to here, as both clocks say; undefined without capture times. */
  readonly delayMs: number | undefined;
  /** Unix milliseconds of a moment, by capture times of the publisher. */
  captureMs(ticks: number): number | undefined;
  /** Unix milliseconds of a moment, by arrival: the packet that was delayed least sets the pace. */
  arrivalMs(ticks: number): number | undefined;
}

/** Capture times jitter by the devices' buffers; one second's worth moves the estimate by a tenth. */
const SMOOTHING = 0.1;
/** Further off than this is no jitter. */
const STEP_MS = 500;
/** Several packets that say the same for so long: the publisher's clock was set. One alone is mistaken. */
const STEP_KEPT_MS = 900;
/** How fast the least delay may grow again, in milliseconds per millisecond: above the drift of any crystal. */
const LEAK = 0.0002;

/** A clock for one track. `clockRate` is in ticks per second; ticks do not wrap. */
export function createCaptureClock(clockRate: number): CaptureClock {
  const toMs = (ticks: number): number => (ticks / clockRate) * 1_000;
  let captureOffsetMs: number | undefined;
  let arrivalOffsetMs: number | undefined;
  let step: { readonly offsetMs: number; readonly sinceMs: number } | undefined;
  let lastArrivalMs: number | undefined;
  return {
    noteCapture(ticks, capturedAtMs, arrivedAtMs) {
      const offsetMs = capturedAtMs - toMs(ticks);
      captureOffsetMs ??= offsetMs;
      const isNear = Math.abs(offsetMs - captureOffsetMs) <= STEP_MS;
      const isSameStep = step !== undefined && Math.abs(offsetMs - step.offsetMs) <= STEP_MS;
      if (isNear) captureOffsetMs += (offsetMs - captureOffsetMs) * SMOOTHING;
      else if (isSameStep && arrivedAtMs - (step?.sinceMs ?? arrivedAtMs) >= STEP_KEPT_MS) {
        captureOffsetMs = offsetMs;
        // It may have been the timestamps that jumped, where samples were lost: then the arrival has another pace too.
        arrivalOffsetMs = arrivedAtMs - toMs(ticks);
      } else if (isSameStep) return;
      step = isNear || captureOffsetMs === offsetMs ? undefined : { offsetMs, sinceMs: arrivedAtMs };
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
    get delayMs() {
      if (arrivalOffsetMs === undefined || captureOffsetMs === undefined) return undefined;
      return arrivalOffsetMs - captureOffsetMs;
    },
    captureMs: (ticks) => (captureOffsetMs === undefined ? undefined : captureOffsetMs + toMs(ticks)),
    arrivalMs: (ticks) => (arrivalOffsetMs === undefined ? undefined : arrivalOffsetMs + toMs(ticks)),
  };
}
