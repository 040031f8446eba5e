import { describe, expect, it } from 'vitest';
import { readDescription } from '../../sdp/read-description.ts';
import { rtpCapabilitiesSchema } from '../../sfu/mediasoup/input-schemas.ts';
import type { ConsumerOffer } from '../../sfu/sfu-backend.ts';
import { browserOffer } from '../../testing/sdp-samples.ts';
import { sfuCapabilities, transportView } from '../../testing/sfu-samples.ts';
import { allCapabilities, toWatchCapabilities } from './watch-capabilities.ts';
import { writeOffer, writeWatchAnswer } from './write-watch.ts';

const offer = readDescription(browserOffer('recvonly'));
const capabilitiesOf = (asNumbered: boolean, of = offer) =>
  rtpCapabilitiesSchema.parse(toWatchCapabilities(of, sfuCapabilities, { asNumbered }));
const namesOf = (asNumbered: boolean) =>
  capabilitiesOf(asNumbered).codecs.map(
    ({ mimeType, preferredPayloadType }) => `${mimeType} ${preferredPayloadType}`,
  );

const video: ConsumerOffer = {
  id: 'consumer',
  producerId: 'producer',
  kind: 'video',
  rtpParameters: {
    mid: '1',
    codecs: [
      {
        mimeType: 'video/H264',
        payloadType: 102,
        clockRate: 90_000,
        parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f' },
        rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
      },
      {
        mimeType: 'video/rtx',
        payloadType: 101,
        clockRate: 90_000,
        parameters: { apt: 102 },
        rtcpFeedback: [],
      },
    ],
    headerExtensions: [{ id: 4, uri: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time' }],
    encodings: [{ ssrc: 7_001, rtx: { ssrc: 7_002 } }],
    rtcp: { cname: 'host' },
  },
};
const watch = { streamId: 'stm_1', transport: transportView, consumers: [video] };

describe('what a player can receive', () => {
  it('is asked for in our numbers, repair included, for an offer of ours', () => {
    expect(namesOf(false)).toEqual([
      'audio/opus 111',
      'video/H264 102',
      'video/rtx 101',
      'video/VP8 96',
      'video/rtx 100',
    ]);
    const uris = capabilitiesOf(false).headerExtensions?.map(({ uri }) => uri) ?? [];
    expect(uris.join()).toContain('transport-wide-cc');
  });

  it('is only what it numbers as we do, for an answer to its own', () => {
    expect(namesOf(true)).toEqual(['audio/opus 111', 'video/H264 102', 'video/VP8 96']);
    expect(capabilitiesOf(true).headerExtensions).toEqual([]);
  });

  it('of a kind that it does not want is taken to fit', () => {
    const [audioOnly] = browserOffer('recvonly').replace('BUNDLE 0 1', 'BUNDLE 0').split('m=video');
    const { codecs } = capabilitiesOf(true, readDescription(audioOnly ?? ''));
    expect(codecs.filter(({ kind }) => kind === 'video').length).toBeGreaterThan(1);
  });

  it('is everything when it lets us offer', () => {
    const { codecs } = rtpCapabilitiesSchema.parse(allCapabilities(sfuCapabilities));
    expect(codecs).toHaveLength(sfuCapabilities.codecs.length);
  });
});

describe('what a player is told', () => {
  it('in an offer of ours names the track, its repair and its owner', () => {
    const lines = writeOffer(watch).split('\r\n');
    for (const line of [
      'm=video 9 UDP/TLS/RTP/SAVPF 102 101',
      'a=setup:actpass',
      'a=sendonly',
      'a=fmtp:101 apt=102',
      'a=ssrc-group:FID 7001 7002',
      'a=ssrc:7001 cname:host',
      'a=msid:stm_1 video',
    ])
      expect(lines).toContain(line);
  });

  it('in an answer has the profile that it named, and refuses what is not sent', () => {
    const answer = writeWatchAnswer(offer, watch, 'passive');
    expect(answer).toContain('profile-level-id=42001f');
    expect(answer).toMatch(/m=audio 0 [^\r]*\r\n(?:c=[^\r]*\r\n)?(?:a=[^\r]*\r\n)*a=inactive/);
    expect(answer).toContain('a=group:BUNDLE 1\r\n');
  });
});
