import type { TrackFeed } from '../rtp/track-feed.ts';

/** Payload types of our own, for the packets of each input are rewritten to them. */
const FIRST_PAYLOAD_TYPE = 96;

/** The payload type that packets of an input carry on their way to ffmpeg. */
export function payloadTypeOf(input: number): number {
  return FIRST_PAYLOAD_TYPE + input;
}

/** Describes the inputs of a run to ffmpeg (RFC 8866, RFC 6184, RFC 7587). */
export function describeInputs(
  inputs: readonly { readonly feed: TrackFeed; readonly format: string }[],
): string {
  const lines = inputs.flatMap(({ feed, format }, index) => [
    `m=${feed.codec === 'opus' ? 'audio' : 'video'} 0 RTP/AVP ${payloadTypeOf(index)}`,
    ...formatLines(feed, payloadTypeOf(index), format),
    `a=control:track${index}`,
  ]);
  return `${['v=0', 'o=- 0 0 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', ...lines].join('\r\n')}\r\n`;
}

function formatLines({ codec }: TrackFeed, payloadType: number, format: string): string[] {
  switch (codec) {
    case 'opus':
      return [`a=rtpmap:${payloadType} opus/48000/2`, `a=fmtp:${payloadType} sprop-stereo=1`];
    case 'VP8':
      return [`a=rtpmap:${payloadType} VP8/90000`];
    case 'H264':
      return [
        `a=rtpmap:${payloadType} H264/90000`,
        `a=fmtp:${payloadType} packetization-mode=1;sprop-parameter-sets=${format}`,
      ];
  }
}
