/** Lines of SDP as they go over the wire. */
export const sdp = (...lines: string[]): string => `${lines.join('\r\n')}\r\n`;

const FINGERPRINT = Array.from({ length: 32 }, (_, index) =>
  (index * 7 + 16).toString(16).toUpperCase(),
).join(':');

const SESSION = ['v=0', 'o=rtc 3877212184 0 IN IP4 127.0.0.1', 's=-', 't=0 0'];
const OBS_AUDIO = [
  'm=audio 57249 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 192.0.2.53',
  'a=mid:0',
  'a=sendonly',
  'a=ssrc:3388068600 cname:Yuu1KDxQcc3L5CpY',
  'a=ssrc:3388068600 msid:XmQSKutZo7zYcEQl XmQSKutZo7zYcEQl-audio',
  'a=msid:XmQSKutZo7zYcEQl XmQSKutZo7zYcEQl-audio',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;maxaveragebitrate=96000;stereo=1;sprop-stereo=1;useinbandfec=1',
  'a=candidate:1 1 UDP 2122317823 192.0.2.53 57249 typ host',
  'a=end-of-candidates',
];
const OBS_VIDEO = [
  'm=video 57249 UDP/TLS/RTP/SAVPF 96',
  'c=IN IP4 192.0.2.53',
  'a=mid:1',
  'a=sendonly',
  'a=ssrc:3388068601 cname:Yuu1KDxQcc3L5CpY',
  'a=ssrc:3388068601 msid:XmQSKutZo7zYcEQl XmQSKutZo7zYcEQl-video',
  'a=msid:XmQSKutZo7zYcEQl XmQSKutZo7zYcEQl-video',
  'a=rtcp-mux',
  'a=rtpmap:96 H264/90000',
  'a=rtcp-fb:96 nack',
  'a=rtcp-fb:96 nack pli',
  'a=rtcp-fb:96 goog-remb',
  'a=fmtp:96 profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1',
];
const OBS_TRANSPORT = [
  'a=group:BUNDLE 0 1',
  'a=group:LS 0 1',
  'a=msid-semantic:WMS *',
  'a=setup:actpass',
  'a=ice-ufrag:nxcM',
  'a=ice-pwd:ezjAjgSSLLvbRhUA1zc6Se',
  'a=ice-options:ice2,trickle',
  `a=fingerprint:sha-256 ${FINGERPRINT}`,
];

/** What OBS 30 offers: transport in the session's lines, one H264 and one Opus, told apart by SSRC. */
export const obsOffer = sdp(...SESSION, ...OBS_TRANSPORT, ...OBS_AUDIO, ...OBS_VIDEO);

/** What later versions of OBS offer with simulcast: layer 0 is the best one. */
export const obsSimulcastOffer = sdp(
  ...SESSION,
  ...OBS_TRANSPORT,
  ...OBS_AUDIO,
  ...OBS_VIDEO,
  'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
  'a=extmap:2 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  'a=rid:0 send',
  'a=rid:1 send',
  'a=rid:2 send',
  'a=simulcast:send 0;1;2',
);

const BROWSER_TRANSPORT = [
  'a=ice-ufrag:sUu1',
  'a=ice-pwd:9g5vq+RThWn0BZ5oKJmDe6mW',
  'a=ice-options:trickle',
  `a=fingerprint:sha-256 ${FINGERPRINT}`,
  'a=setup:actpass',
];
const BROWSER_EXTENSIONS = [
  'a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  'a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid',
];
const feedback = (payload: number): string[] =>
  ['goog-remb', 'transport-cc', 'ccm fir', 'nack', 'nack pli'].map((type) => `a=rtcp-fb:${payload} ${type}`);

/** What Chromium offers, shortened: VP8 first, several H264 profiles, repair formats, FEC, layers. */
export const browserOffer = (direction: 'sendonly' | 'recvonly', layers: readonly string[] = []): string =>
  sdp(
    'v=0',
    'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0 1',
    'a=extmap-allow-mixed',
    'a=msid-semantic: WMS 7c5a',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 0 126',
    'c=IN IP4 0.0.0.0',
    ...BROWSER_TRANSPORT,
    'a=mid:0',
    'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
    ...BROWSER_EXTENSIONS,
    `a=${direction}`,
    'a=rtcp-mux',
    'a=rtpmap:111 opus/48000/2',
    'a=rtcp-fb:111 transport-cc',
    'a=fmtp:111 minptime=10;useinbandfec=1',
    'a=rtpmap:63 red/48000/2',
    'a=fmtp:63 111/111',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:126 telephone-event/8000',
    ...(direction === 'sendonly' ? ['a=ssrc:1001 cname:4TOk42mSjXCkVIa6'] : []),
    'm=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 106 107 108 116',
    'c=IN IP4 0.0.0.0',
    ...BROWSER_TRANSPORT,
    'a=mid:1',
    ...BROWSER_EXTENSIONS,
    'a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
    'a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
    `a=${direction}`,
    'a=rtcp-mux',
    'a=rtcp-rsize',
    'a=rtpmap:96 VP8/90000',
    ...feedback(96),
    'a=rtpmap:97 rtx/90000',
    'a=fmtp:97 apt=96',
    'a=rtpmap:102 H264/90000',
    ...feedback(102),
    'a=fmtp:102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f',
    'a=rtpmap:103 rtx/90000',
    'a=fmtp:103 apt=102',
    'a=rtpmap:106 H264/90000',
    ...feedback(106),
    'a=fmtp:106 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f',
    'a=rtpmap:107 rtx/90000',
    'a=fmtp:107 apt=106',
    'a=rtpmap:108 H264/90000',
    'a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f',
    'a=rtpmap:116 ulpfec/90000',
    ...(layers.length > 0
      ? [...layers.map((rid) => `a=rid:${rid} send`), `a=simulcast:send ${layers.join(';')}`]
      : direction === 'sendonly'
        ? [
            'a=ssrc-group:FID 2001 2002',
            'a=ssrc:2001 cname:4TOk42mSjXCkVIa6',
            'a=ssrc:2002 cname:4TOk42mSjXCkVIa6',
          ]
        : []),
  );

/** The answer of a browser to an offer of ours with these sections. */
export const browserAnswer = (mids: readonly string[], setup = 'active'): string =>
  sdp(
    'v=0',
    'o=- 20518 0 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${mids.join(' ')}`,
    ...mids.flatMap((mid, index) => [
      `m=${index === 0 ? 'audio' : 'video'} 9 UDP/TLS/RTP/SAVPF 100`,
      'c=IN IP4 0.0.0.0',
      ...BROWSER_TRANSPORT.map((line) => (line.startsWith('a=setup') ? `a=setup:${setup}` : line)),
      `a=mid:${mid}`,
      'a=recvonly',
      'a=rtcp-mux',
    ]),
  );

/** More candidates for the ICE session of that name. */
export const trickle = (iceUfrag: string, icePwd = 'ezjAjgSSLLvbRhUA1zc6Se'): string =>
  sdp(
    'a=group:BUNDLE 0 1',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111',
    'a=mid:0',
    `a=ice-ufrag:${iceUfrag}`,
    `a=ice-pwd:${icePwd}`,
    'a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw network-id 1',
    'a=end-of-candidates',
  );
