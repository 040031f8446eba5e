import { AppError } from '@souk/runtime/app-error';
import { describe, expect, it } from 'vitest';
import { settleDtls } from '../../sdp/dtls-role.ts';
import { toPublishParameters } from '../../sdp/publish-parameters.ts';
import { readDescription } from '../../sdp/read-description.ts';
import { dtlsParametersSchema, rtpParametersSchema } from '../../sfu/mediasoup/input-schemas.ts';
import { createSdpMutator } from '../../testing/sdp-mutator.ts';
import { browserOffer, obsOffer, obsSimulcastOffer } from '../../testing/sdp-samples.ts';
import { sfuCapabilities, transportView } from '../../testing/sfu-samples.ts';
import { agreeOffer, writeAnswer } from './agree-offer.ts';

const agree = (sdp: string) => agreeOffer(readDescription(sdp), sfuCapabilities);
const parametersOf = (sdp: string) => agree(sdp).map(toPublishParameters);
const answerTo = (sdp: string) =>
  writeAnswer(agree(sdp), transportView, settleDtls(readDescription(sdp)).ourSetup);
const codeOf = (sdp: string): string => {
  try {
    agree(sdp);
    return 'taken';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

describe('an offer of OBS', () => {
  it('is published by its SSRCs, in its own numbers, as a profile that every page plays', () => {
    expect(parametersOf(obsOffer)).toEqual([
      {
        mid: '0',
        codecs: [
          {
            mimeType: 'audio/opus',
            payloadType: 111,
            clockRate: 48_000,
            channels: 2,
            parameters: {
              minptime: 10,
              maxaveragebitrate: 96_000,
              stereo: 1,
              'sprop-stereo': 1,
              useinbandfec: 1,
            },
            rtcpFeedback: [],
          },
        ],
        headerExtensions: [],
        encodings: [{ ssrc: 3_388_068_600 }],
        rtcp: { cname: 'Yuu1KDxQcc3L5CpY', reducedSize: true },
      },
      {
        mid: '1',
        codecs: [
          {
            mimeType: 'video/H264',
            payloadType: 96,
            clockRate: 90_000,
            parameters: {
              'packetization-mode': 1,
              'profile-level-id': '42e01f',
              'level-asymmetry-allowed': 1,
              'x-google-start-bitrate': 1_000,
            },
            rtcpFeedback: [
              { type: 'nack', parameter: '' },
              { type: 'nack', parameter: 'pli' },
              { type: 'goog-remb', parameter: '' },
            ],
          },
        ],
        headerExtensions: [],
        encodings: [{ ssrc: 3_388_068_601 }],
        rtcp: { cname: 'Yuu1KDxQcc3L5CpY', reducedSize: true },
      },
    ]);
  });

  it.each(['42001f', '4d001f', '640028', '42c01f'])(
    'with the H264 profile %s is taken, and told so in its own words',
    (profile) => {
      const offer = obsOffer.replace('42e01f', profile);
      expect(JSON.stringify(parametersOf(offer))).toContain('"profile-level-id":"42e01f"');
      expect(answerTo(offer)).toContain(`profile-level-id=${profile}`);
    },
  );

  it('with layers is published from the smallest to the largest', () => {
    const [, video] = parametersOf(obsSimulcastOffer);
    expect(video).toMatchObject({ encodings: [{ rid: '2' }, { rid: '1' }, { rid: '0' }] });
    expect(answerTo(obsSimulcastOffer)).toContain('a=simulcast:recv 0;1;2\r\n');
  });
});

describe('an offer of a browser', () => {
  it('is taken in H264, with repair and the better estimate of the bandwidth', () => {
    const [audio, video] = parametersOf(browserOffer('sendonly'));
    expect(audio).toMatchObject({ codecs: [{ payloadType: 111 }] });
    expect(video).toMatchObject({
      codecs: [
        { mimeType: 'video/H264', payloadType: 106 },
        { mimeType: 'video/rtx', payloadType: 107, parameters: { apt: 106 } },
      ],
      encodings: [{ ssrc: 2_001, rtx: { ssrc: 2_002 } }],
    });
    expect(JSON.stringify(video)).toContain('transport-cc');
    expect(JSON.stringify(video)).not.toContain('goog-remb');
  });

  it.each([
    [
      ['q', 'h', 'f'],
      ['q', 'h', 'f'],
    ],
    [
      ['f', 'h', 'q'],
      ['q', 'h', 'f'],
    ],
    [
      ['h', 'm', 'l'],
      ['l', 'm', 'h'],
    ],
    [
      ['3', '2', '1', '0'],
      ['1', '2', '3'],
    ],
  ])('with the layers %j is published as %j', (offered, rids) => {
    const [, video] = parametersOf(browserOffer('sendonly', offered));
    expect(video).toMatchObject({ encodings: rids.map((rid) => ({ rid })) });
  });

  it('is taken in VP8 when it knows no H264', () => {
    const [, video] = parametersOf(browserOffer('sendonly').replaceAll('H264', 'VP9'));
    expect(video).toMatchObject({
      codecs: [{ mimeType: 'video/VP8', payloadType: 96 }, { payloadType: 97 }],
    });
  });
});

describe('the answer', () => {
  it.each([
    ['actpass', 'passive', 'client'],
    ['active', 'passive', 'client'],
    ['passive', 'active', 'server'],
  ])('to `setup:%s` is `%s`', (offered, ours, role) => {
    const offer = obsOffer.replace('actpass', offered);
    expect(answerTo(offer)).toContain(`a=setup:${ours}\r\n`);
    expect(settleDtls(readDescription(offer)).dtlsParameters).toMatchObject({ role });
  });

  it('is one bundle of an ICE-lite server with all its candidates', () => {
    const lines = answerTo(obsOffer).split('\r\n');
    for (const line of [
      'a=ice-lite',
      'a=group:BUNDLE 0 1',
      'a=ice-ufrag:ourname',
      'a=candidate:udpcandidate 1 udp 1076302079 192.0.2.7 40000 typ host',
      'a=candidate:tcpcandidate 1 tcp 1076276479 2001:db8::7 40000 typ host tcptype passive',
      'a=end-of-candidates',
      'a=rtcp-mux',
    ])
      expect(lines).toContain(line);
  });
});

describe('an offer that cannot be served', () => {
  const faults: readonly [fault: string, offer: string, code: string][] = [
    ['two tracks of one kind', obsOffer.replace('m=audio', 'm=video'), 'NO_COMMON_CODEC'],
    ['mono Opus', obsOffer.replace('opus/48000/2', 'opus/48000'), 'NO_COMMON_CODEC'],
    ['a profile that nobody knows', obsOffer.replace('42e01f', '7a001f'), 'NO_COMMON_CODEC'],
    ['no bundle', obsOffer.replace('a=group:BUNDLE 0 1', 'a=x'), 'INVALID_SDP'],
    ['half a bundle', obsOffer.replace('BUNDLE 0 1', 'BUNDLE 0'), 'INVALID_SDP'],
    ['RTCP apart', obsOffer.replaceAll('a=rtcp-mux\r\n', ''), 'INVALID_SDP'],
    ['no fingerprint', obsOffer.replace('a=fingerprint', 'a=finger'), 'INVALID_SDP'],
    ['a short fingerprint', obsOffer.replace(/(a=fingerprint:sha-256 .{20}).*/, '$1'), 'INVALID_SDP'],
    ['no ICE', obsOffer.replace('a=ice-ufrag:nxcM\r\n', ''), 'INVALID_SDP'],
    ['a rejected section', obsOffer.replace('m=video 57249', 'm=video 0'), 'INVALID_SDP'],
    ['data channels', obsOffer.replace('m=audio', 'm=application'), 'INVALID_SDP'],
    ['no way to tell tracks apart', obsOffer.replaceAll(/a=ssrc:.*\r\n/g, ''), 'INVALID_SDP'],
    ['layers without their extension', obsSimulcastOffer.replace('a=extmap:2', 'a=x:2'), 'INVALID_SDP'],
    ['layers of one name', obsSimulcastOffer.replace('0;1;2', '0;1;1'), 'INVALID_SDP'],
    ['a carriage return within a line', obsOffer.replace('a=mid:1', 'a=mid:1\ra=x'), 'INVALID_SDP'],
    ['an SSRC that is none', obsOffer.replaceAll('3388068601', '99999999999'), 'INVALID_SDP'],
    ['nothing', '', 'INVALID_SDP'],
  ];
  it.each(faults)('is refused: %s', (_fault, offer, code) => {
    expect(codeOf(offer)).toBe(code);
  });
});

describe('any offer', () => {
  const known = ['INVALID_SDP', 'NO_COMMON_CODEC'];
  const offers = [
    obsOffer,
    obsSimulcastOffer,
    browserOffer('sendonly'),
    browserOffer('sendonly', ['q', 'h', 'f']),
  ];

  it.each([1, 2, 3, 4])('is refused by a known code, or taken without harm (seed %i)', (seed) => {
    const mutate = createSdpMutator(seed);
    const outcomes = new Map<string, number>();
    for (let round = 0; round < 150; round += 1) {
      const offer = mutate(offers[round % offers.length] ?? '');
      const code = codeOf(offer);
      outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
      if (code !== 'taken') expect(known).toContain(code);
      else assertHarmless(offer);
    }
    // The mutator is neither too tame nor too wild.
    expect(outcomes.get('taken')).toBeGreaterThan(15);
    expect(outcomes.get('INVALID_SDP')).toBeGreaterThan(15);
  });
});

/** What is made of an offer that was taken fits the SFU, and the answer says nothing that nobody meant. */
function assertHarmless(offer: string): void {
  const description = readDescription(offer);
  const tracks = agreeOffer(description, sfuCapabilities);
  const { dtlsParameters, ourSetup } = settleDtls(description);
  for (const track of tracks) rtpParametersSchema.parse(toPublishParameters(track));
  dtlsParametersSchema.parse(dtlsParameters);
  const answer = writeAnswer(tracks, transportView, ourSetup);
  expect(
    answer
      .split('\r\n')
      .slice(0, -1)
      .every((line) => /^[a-z]=[\x20-\x7e]*$/.test(line)),
  ).toBe(true);
  expect(answer.match(/^m=/gm)).toHaveLength(description.sections.length);
  expect(answer.match(/^a=ice-lite/gm)).toHaveLength(1);
  expect(answer).not.toMatch(/undefined|NaN|\[object/);
}
