import type { StreamId } from '@souk/protocol/ids';
import type { types } from 'mediasoup';
import type { MediaKind } from '../sfu-backend.ts';

/** The tracks of each stream that is published in a room. */
export interface StreamTable {
  /** Puts a track into a stream until it closes. */
  add(streamId: StreamId, producer: types.Producer): void;
  has(streamId: StreamId, kind: MediaKind): boolean;
  list(streamId: StreamId): types.Producer[];
  /** Calls the listener for each track that is put into the stream later. Returns the way to stop. */
  onAdd(streamId: StreamId, listener: () => void): () => void;
}

/** An empty table of streams. */
export function createStreamTable(): StreamTable {
  const streams = new Map<StreamId, Map<MediaKind, types.Producer>>();
  const listeners = new Map<StreamId, Set<() => void>>();
  return {
    add(streamId, producer) {
      const tracks = streams.get(streamId) ?? new Map<MediaKind, types.Producer>();
      streams.set(streamId, tracks.set(producer.kind, producer));
      producer.observer.once('close', () => {
        tracks.delete(producer.kind);
        if (tracks.size === 0) streams.delete(streamId);
      });
      for (const listener of [...(listeners.get(streamId) ?? [])]) listener();
    },
    has: (streamId, kind) => streams.get(streamId)?.has(kind) ?? false,
    list: (streamId) => [...(streams.get(streamId)?.values() ?? [])],
    onAdd(streamId, listener) {
      const ofStream = listeners.get(streamId) ?? new Set();
      listeners.set(streamId, ofStream.add(listener));
      return () => {
        ofStream.delete(listener);
        if (ofStream.size === 0 && listeners.get(streamId) === ofStream) listeners.delete(streamId);
      };
    },
  };
}
