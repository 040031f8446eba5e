import type { Replay } from '@souk/protocol/http/broadcast';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { createHlsPlayer, type HlsFault, type HlsPlayer } from '../../media/hls/hls-player.ts';
import { type DatedPiece, dateAt, placeOf } from '../../media/hls/media-dates.ts';
import { createMediaApi } from '../../media/media-api.ts';
import { createTicketKeeper, type RefreshTicket } from '../../media/media-ticket.ts';

export interface ReplayPlayer {
  readonly fault: HlsFault | undefined;
  /** Server time of a place of the recording, and back. */
  dateAt(seconds: number): number;
  placeOf(at: number): number;
  retry(): void;
}

/** Plays a recording in a video element; a right to its files that has run out is renewed where it stopped. */
export function useReplayPlayer(
  video: RefObject<HTMLVideoElement | null>,
  replay: Replay,
  refreshTicket: RefreshTicket,
): ReplayPlayer {
  const [fault, setFault] = useState<HlsFault>();
  const [attempt, setAttempt] = useState(0);
  const player = useRef<HlsPlayer>(undefined);
  const first = useRef(replay);
  const { startedAt } = replay;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt opens the recording anew
  useEffect(() => {
    let isOver = false;
    const element = video.current;
    if (element === null) return;
    const resumeAt = element.currentTime;
    const onFault = (next: HlsFault): void => {
      if (isOver) return;
      if (next === 'access') setAttempt((count) => count + 1);
      else setFault(next);
    };
    const open = async (): Promise<void> => {
      const api = createMediaApi(createTicketKeeper(first.current.ticket, refreshTicket));
      const { playlistUrl: url } = await api.hls('replay');
      const opened = await createHlsPlayer({ video: element, url, mode: 'replay', quality: 'auto', onFault });
      if (isOver) return opened.destroy();
      player.current = opened;
      if (resumeAt > 0) element.currentTime = resumeAt;
    };
    setFault(undefined);
    open().catch(() => onFault('network'));
    return () => {
      isOver = true;
      player.current?.destroy();
      player.current = undefined;
    };
  }, [video, refreshTicket, attempt]);

  const pieces = useCallback((): readonly DatedPiece[] => player.current?.pieces() ?? [], []);
  return {
    fault,
    dateAt: useCallback(
      (seconds) => dateAt(pieces(), seconds) ?? startedAt + seconds * 1_000,
      [pieces, startedAt],
    ),
    placeOf: useCallback(
      (at) => placeOf(pieces(), at) ?? Math.max(0, at - startedAt) / 1_000,
      [pieces, startedAt],
    ),
    retry: () => setAttempt((count) => count + 1),
  };
}
