import { PeerConnection, type Track } from 'node-datachannel';

export interface Peer {
  /** Own description, an answer. */
  readonly sdp: string;
  /** Complete once it is connected. */
  readonly tracks: readonly Track[];
  /** Resolves when media can flow; rejects with PeerError when the connection fails or takes longer than `timeoutMs`. */
  connected(timeoutMs: number): Promise<void>;
  close(): void;
}

/** The connection did not come about, or not in time. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
}

/**
 * Answers an offer with a WebRTC connection that stays on this machine. `onTrack` hears of each track of the offer, soon
 * after. Throws PeerError when the offer cannot be answered.
 */
export function answerOffer(
  name: string,
  offer: string,
  onTrack: (track: Track) => void = () => undefined,
): Peer {
  const connection = new PeerConnection(name, {
    iceServers: [],
    bindAddress: '127.0.0.1',
    disableAutoNegotiation: true,
    forceMediaTransport: true,
  });
  const tracks: Track[] = [];
  connection.onTrack((track) => {
    tracks.push(track);
    onTrack(track);
  });
  let state = 'new';
  const listeners = new Set<() => void>();
  connection.onStateChange((changed) => {
    state = changed;
    for (const listener of listeners) listener();
  });
  connection.setRemoteDescription(offer, 'offer' as Parameters<PeerConnection['setRemoteDescription']>[1]);
  connection.setLocalDescription();
  // It stands there at once. The callback that tells of it was seen to stay out, once in some hundred connections.
  const sdp = connection.localDescription()?.sdp;
  if (sdp === undefined) {
    connection.close();
    throw new PeerError(`${name} has no answer to the offer`);
  }
  return {
    sdp,
    tracks,
    connected(timeoutMs) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => finish(new PeerError(`${name} did not connect within ${timeoutMs} ms`)),
          timeoutMs,
        );
        const finish = (error?: Error): void => {
          clearTimeout(timer);
          listeners.delete(look);
          if (error === undefined) resolve();
          else reject(error);
        };
        const look = (): void => {
          if (state === 'connected') finish();
          if (state === 'failed' || state === 'closed')
            finish(new PeerError(`the connection of ${name} is ${state}`));
        };
        listeners.add(look);
        look();
      });
    },
    close: () => connection.close(),
  };
}
