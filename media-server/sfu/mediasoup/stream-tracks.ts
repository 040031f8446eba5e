import type { types } from 'mediasoup';
import type { StreamTrack } from '../sfu-backend.ts';

/** What a stream is made of. */
export function describeTracks(producers: readonly types.Producer[]): StreamTrack[] {
  return producers.map(({ kind, rtpParameters }) => ({
    kind,
    mimeType: rtpParameters.codecs[0]?.mimeType ?? '',
    spatialLayers: Math.max(1, rtpParameters.encodings?.length ?? 1),
  }));
}
