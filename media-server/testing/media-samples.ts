import type { RtpTrack } from '@souk/broadcast/rtp/track';
import type { OpaqueJson } from '../sfu/sfu-backend.ts';

/** A microphone as a feed sends it. */
export const opusTrack: RtpTrack = {
  kind: 'audio',
  mimeType: 'audio/opus',
  payloadType: 111,
  clockRate: 48_000,
  channels: 2,
  ssrc: 1_111_111,
  absCaptureTimeId: 10,
};

/** A camera as a feed sends it. */
export const vp8Track: RtpTrack = {
  kind: 'video',
  mimeType: 'video/VP8',
  payloadType: 101,
  clockRate: 90_000,
  ssrc: 2_222_222,
  absCaptureTimeId: 10,
};

/** What a page says of its microphone when it publishes. */
export const opusParameters: OpaqueJson = {
  mid: '0',
  codecs: [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: {} }],
  encodings: [{ ssrc: 3_333_333 }],
  rtcp: { cname: 'page' },
};

/** What a page says of its camera when it publishes. */
export const vp8Parameters: OpaqueJson = {
  mid: '1',
  codecs: [{ mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000, parameters: {} }],
  encodings: [{ ssrc: 4_444_444 }],
  rtcp: { cname: 'page' },
};

/** A DTLS fingerprint that fits in form. */
export const dtlsParameters: OpaqueJson = {
  role: 'client',
  fingerprints: [{ algorithm: 'sha-256', value: Array.from({ length: 32 }, () => 'AB').join(':') }],
};

/** A browser that knows nothing but AV1. */
export const strangeCapabilities: OpaqueJson = {
  codecs: [{ kind: 'video', mimeType: 'video/AV1', preferredPayloadType: 96, clockRate: 90_000 }],
  headerExtensions: [],
};

/** A camera in three layers, as a page that publishes by simulcast says it. */
export const simulcastParameters: OpaqueJson = {
  mid: '2',
  codecs: [{ mimeType: 'video/VP8', payloadType: 101, clockRate: 90_000, parameters: {} }],
  headerExtensions: [
    { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 1 },
    { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 2 },
  ],
  encodings: [{ rid: 'r0' }, { rid: 'r1' }, { rid: 'r2' }],
  rtcp: { cname: 'page' },
};
