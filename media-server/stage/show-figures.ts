import type { ShowFigures } from '@souk/protocol/http/media';
import type { ShowId, StreamId } from '@souk/protocol/ids';
import type { SfuBackend } from '../sfu/sfu-backend.ts';
import type { HlsAudience } from './hls-audience.ts';
import type { MediaSessions } from './media-sessions.ts';
import type { LiveStream, OnAir } from './on-air.ts';

export interface ShowFiguresReader {
  /** How a show looks from here at the moment. Throws AppError UNAVAILABLE. */
  read(showId: ShowId): Promise<ShowFigures>;
}

export interface ShowFiguresDeps {
  readonly sfu: SfuBackend;
  readonly onAir: OnAir;
  readonly sessions: MediaSessions;
  readonly hlsAudience: HlsAudience;
  readonly isPackaged: (streamId: StreamId) => Promise<boolean>;
}

/** Reads the figures of single shows, for those who publish in them. */
export function createShowFigures(deps: ShowFiguresDeps): ShowFiguresReader {
  const { sfu, onAir, sessions, hlsAudience, isPackaged } = deps;
  const readStream = async (stream: LiveStream) => {
    const { streamId, source, since } = stream;
    const room = await sfu.openRoom(stream.showId);
    const [tracks, outgoingBps, packaged] = await Promise.all([
      room.trackFigures(streamId),
      room.outgoingBps(),
      isPackaged(streamId),
    ]);
    return {
      stream: since === undefined ? null : { streamId, source, since, tracks },
      outgoingBps,
      isPackaged: packaged,
    };
  };
  return {
    async read(showId) {
      const stream = onAir.findOf(showId);
      const ofStream =
        stream === undefined ? { stream: null, outgoingBps: 0, isPackaged: false } : await readStream(stream);
      const watchers = { webrtc: sessions.watchers(showId), hls: hlsAudience.count(showId) };
      return { ...ofStream, watchers };
    },
  };
}
