import type { Entry } from '@souk/protocol/timeline/entries';
import { inStepTypes } from '@souk/protocol/timeline/in-step';
import type { SaleState, ShowState } from '@souk/protocol/timeline/state';

/** True for entries that belong to what the host shows: pins, prices, and that a sale is on. */
export function isInStep(entry: Entry): boolean {
  return inStepTypes.has(entry.type);
}

/**
 * What the page shows: of `steps`, which has only what the picture has reached, what the host shows; of `truth`,
 * which has everything, all else. How a sale ends, and what is left of it, is the server's word at once.
 */
export function viewInStep(truth: ShowState, steps: ShowState): ShowState {
  const { pinnedProductId, pinnedCoupon, lineup } = steps;
  return { ...truth, pinnedProductId, pinnedCoupon, lineup, sales: salesInStep(truth.sales, steps.sales) };
}

type Sales = ShowState['sales'];

function salesInStep(truth: Sales, steps: Sales): Sales {
  // The very same object: then nothing of the sales is drawn anew.
  if (steps === truth) return truth;
  const known = Object.entries(truth).flatMap(([saleId, sale]): [string, SaleState][] => {
    const step = steps[saleId];
    return step === undefined ? [] : [[saleId, { ...sale, phase: step.phase }]];
  });
  return Object.fromEntries(known);
}

/** Where the playback is. */
export interface Playback {
  /**
   * A frame is on screen that was captured at this instant, server wall-clock milliseconds. It came there `agoMs` ago:
   * a busy page is told late.
   */
  frame(capturedAt: number, agoMs?: number): void;
  /** There is no picture to keep in step with. */
  lost(): void;
  /**
   * Calls back at once and at each change: true while each frame counts, false while one now and then is enough.
   * Returns the way to stop.
   */
  onPace(listener: (isClose: boolean) => void): () => void;
}

export interface StepQueue extends Playback {
  /** Takes entries in, oldest first; those that are due come out at once. */
  push(entries: readonly Entry[]): void;
  /** Lets everything out that waits. */
  flush(): void;
  clear(): void;
  isEmpty(): boolean;
}

export interface StepQueueOptions {
  /** Server wall clock, Unix milliseconds. */
  readonly now: () => number;
  /** How long the page takes to show what is due, milliseconds: by so much sooner it is. */
  readonly drawLagMs?: () => number;
  /** Entries whose instant has come, in the order in which they came in. */
  readonly onDue: (entries: readonly Entry[]) => void;
}

/** Nothing is kept back for longer than this, whatever the picture does. */
export const MAX_WAIT_MS = 15_000;
const LOOK_EVERY_MS = 100;
const LEAST_WAIT_MS = 8;
/** Without a frame for so long the picture may stand still; it is not taken to have gone on further than this. */
const GOES_ON_MS = 200;
/** Without a frame for so long the picture is taken to be as far behind as it was. */
const SILENT_AFTER_MS = 1_000;
/** A frame stands on the screen for about twice as long; so its own instant is as often before as after what is due. */
const HALF_FRAME_MS = 20;
/** A frame from further ahead than this, or further behind than that, has a clock that cannot be trusted. */
const TRUSTED_MS = { ahead: 500, behind: 60_000 };

interface Waiting {
  readonly entry: Entry;
  readonly since: number;
}

/**
 * Keeps entries back until the playback reaches their instant. Where nothing tells how far the picture is, nothing
 * waits; what comes late is due at once. The order is kept: nothing overtakes an entry that waits.
 */
export function createStepQueue({ now, drawLagMs = () => 0, onDue }: StepQueueOptions): StepQueue {
  let waiting: readonly Waiting[] = [];
  let last: { readonly capturedAt: number; readonly seenAt: number } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** True while each frame counts. */
  let isClose = false;
  const paceListeners = new Set<(isClose: boolean) => void>();

  const setPace = (): void => {
    if (isClose === waiting.length > 0) return;
    isClose = !isClose;
    for (const listener of paceListeners) listener(isClose);
  };
  /**
   * Server time of the picture on screen; undefined where it is not known. Between two frames that are told it goes on
   * by the clock: a page that draws seldom is told of few.
   */
  const playhead = (at: number): number | undefined => {
    if (last === undefined) return undefined;
    const sinceMs = at - last.seenAt;
    if (sinceMs > SILENT_AFTER_MS) return last.capturedAt + sinceMs;
    return last.capturedAt + Math.min(GOES_ON_MS, Math.max(0, sinceMs - HALF_FRAME_MS));
  };
  const settle = (): void => {
    clearTimeout(timer);
    const at = now();
    const reached = (playhead(at) ?? Number.POSITIVE_INFINITY) + drawLagMs();
    const isDue = ({ entry, since }: Waiting): boolean => entry.at <= reached || at - since >= MAX_WAIT_MS;
    const firstEarly = waiting.findIndex((one) => !isDue(one));
    const due = firstEarly === -1 ? waiting : waiting.slice(0, firstEarly);
    waiting = waiting.slice(due.length);
    const [first] = waiting;
    // In between, frames may tell that the picture is further behind than it was, or less far.
    if (first !== undefined) {
      const waitMs = Math.min(LOOK_EVERY_MS, Math.max(LEAST_WAIT_MS, first.entry.at - reached));
      timer = setTimeout(settle, waitMs);
    }
    setPace();
    if (due.length > 0) onDue(due.map(({ entry }) => entry));
  };

  return {
    push: (entries) => {
      const since = now();
      waiting = [...waiting, ...entries.map((entry) => ({ entry, since }))];
      if (waiting.length > 0) settle();
    },
    frame: (capturedAt, agoMs = 0) => {
      const seenAt = now() - agoMs;
      const behindMs = seenAt - capturedAt;
      if (behindMs < -TRUSTED_MS.ahead || behindMs > TRUSTED_MS.behind) return;
      last = { capturedAt, seenAt };
      if (waiting.length > 0) settle();
    },
    lost: () => {
      last = undefined;
      if (waiting.length > 0) settle();
    },
    flush: () => {
      const all = waiting;
      waiting = [];
      clearTimeout(timer);
      setPace();
      if (all.length > 0) onDue(all.map(({ entry }) => entry));
    },
    clear: () => {
      waiting = [];
      clearTimeout(timer);
      setPace();
    },
    onPace: (listener) => {
      paceListeners.add(listener);
      listener(isClose);
      return () => paceListeners.delete(listener);
    },
    isEmpty: () => waiting.length === 0,
  };
}
