import { useState } from 'react';
import { serverClock, useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { useServerNow } from '../../../ui/use-server-now.ts';

export interface SlowMode {
  /** Whole seconds until this person may write again; 0: now. */
  readonly secondsLeft: number;
  /** A message has gone out. */
  sent(): void;
  /** The hub has said how long it is still to be. */
  refused(waitMs: number): void;
}

/** Counts down between two messages of one person; the staff may always write. */
export function useSlowMode(feed: ShowFeed): SlowMode {
  const slowSeconds = useFeed(feed, (state) => state.show.chatPolicy.slowSeconds);
  const isStaff = useFeed(feed, (state) => state.isStaff);
  const [until, setUntil] = useState(0);
  const [isRunning, setRunning] = useState(false);
  const now = useServerNow(250, isRunning);
  const leftMs = slowSeconds === 0 ? 0 : Math.max(0, until - now);
  if (isRunning && leftMs === 0) setRunning(false);
  const wait = (ms: number): void => {
    setUntil(serverClock.now() + ms);
    setRunning(ms > 0);
  };
  return {
    secondsLeft: isRunning ? Math.ceil(leftMs / 1_000) : 0,
    sent: () => wait(isStaff ? 0 : slowSeconds * 1_000),
    refused: wait,
  };
}
