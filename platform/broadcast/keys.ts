import type { ShowId, StreamId } from '@souk/protocol/ids';

export const broadcastKeys = {
  /** Hash of every stream that is on air: stream id → what is told of it. */
  board: 'souk:streams',
  /** Stands for as long as somebody wants to watch the show by HLS. */
  demand: (showId: ShowId): string => `souk:{${showId}}:hls-demand`,
  /** Whose work the packaging of a stream is. */
  lease: (streamId: StreamId): string => `souk:packaging:${streamId}`,
} as const;
