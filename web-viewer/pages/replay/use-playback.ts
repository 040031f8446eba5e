import { type RefObject, useCallback, useEffect, useState } from 'react';

export interface Playback {
  readonly seconds: number;
  readonly totalSeconds: number;
  readonly isPlaying: boolean;
  readonly isMuted: boolean;
  /** The picture waits for data. */
  readonly isWaiting: boolean;
  toggle(): void;
  seek(seconds: number): void;
  skip(seconds: number): void;
  setMuted(muted: boolean): void;
}

const events = [
  'timeupdate',
  'seeking',
  'seeked',
  'play',
  'pause',
  'ended',
  'volumechange',
  'durationchange',
  'waiting',
  'playing',
  'canplay',
];

/** Where a video stands, and its controls. `fallbackSeconds` is its length until it knows that itself. */
export function usePlayback(video: RefObject<HTMLVideoElement | null>, fallbackSeconds: number): Playback {
  const [state, setState] = useState({
    seconds: 0,
    totalSeconds: fallbackSeconds,
    isPlaying: false,
    isMuted: false,
    isWaiting: true,
  });
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    const look = (): void => {
      const { currentTime, duration, paused, ended, muted, readyState } = element;
      setState({
        seconds: currentTime,
        totalSeconds: Number.isFinite(duration) && duration > 0 ? duration : fallbackSeconds,
        isPlaying: !paused && !ended,
        isMuted: muted,
        isWaiting: readyState < element.HAVE_FUTURE_DATA && !ended,
      });
    };
    for (const event of events) element.addEventListener(event, look);
    return () => {
      for (const event of events) element.removeEventListener(event, look);
    };
  }, [video, fallbackSeconds]);

  const seek = useCallback(
    (seconds: number) => {
      const element = video.current;
      if (element === null) return;
      const end = Number.isFinite(element.duration) ? element.duration : fallbackSeconds;
      element.currentTime = Math.min(Math.max(0, seconds), end);
    },
    [video, fallbackSeconds],
  );
  const toggle = useCallback(() => {
    const element = video.current;
    if (element === null) return;
    // Refused only without a press before it; this is one.
    if (element.paused) element.play().catch(() => undefined);
    else element.pause();
  }, [video]);
  const skip = useCallback((by: number) => seek((video.current?.currentTime ?? 0) + by), [video, seek]);
  const setMuted = useCallback(
    (muted: boolean) => {
      if (video.current !== null) video.current.muted = muted;
    },
    [video],
  );
  return { ...state, toggle, seek, skip, setMuted };
}
