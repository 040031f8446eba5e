import type { JoinMediaResponse } from '@souk/protocol/http/media';
import { z } from 'zod';
import type { MediaKind } from './media-api.ts';

const iceParametersSchema = z.object({ usernameFragment: z.string(), password: z.string() });
const dtlsParametersSchema = z.object({
  fingerprints: z.array(z.object({ algorithm: z.string(), value: z.string() })).min(1),
});
const candidateSchema = z.object({
  foundation: z.string(),
  priority: z.number(),
  ip: z.string().optional(),
  address: z.string().optional(),
  protocol: z.enum(['udp', 'tcp']),
  port: z.number(),
});

/** One medium of a connection, with the only codec and the only source that it has. */
export interface OfferedMedium {
  readonly kind: MediaKind;
  readonly mid: string;
  readonly payloadType: number;
  /** As in `a=rtpmap`, for example `VP8/90000`. */
  readonly codec: string;
  readonly ssrc: number;
}

/**
 * Writes the offer that the SFU would send if it spoke SDP, from the parameters of its transport. The SFU is lite and
 * waits for DTLS, so the bot answers as `setup:active`. Source: RFC 8829, RFC 8843 (BUNDLE), RFC 5245 (ICE lite).
 */
export function writeRemoteOffer(
  transport: JoinMediaResponse['transport'],
  media: readonly OfferedMedium[],
  direction: 'sendonly' | 'recvonly',
): string {
  const ice = iceParametersSchema.parse(transport.iceParameters);
  const { fingerprints } = dtlsParametersSchema.parse(transport.dtlsParameters);
  const fingerprint = fingerprints.find(({ algorithm }) => algorithm === 'sha-256') ?? fingerprints[0];
  const session = [
    'v=0',
    'o=souk 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=ice-lite',
    `a=group:BUNDLE ${media.map(({ mid }) => mid).join(' ')}`,
    `a=fingerprint:${fingerprint?.algorithm} ${fingerprint?.value}`,
    `a=ice-ufrag:${ice.usernameFragment}`,
    `a=ice-pwd:${ice.password}`,
    'a=setup:actpass',
  ];
  const candidates = transport.iceCandidates.flatMap(writeCandidate);
  const sections = media.map((medium) => [
    ...writeMedium(medium, direction),
    ...candidates,
    'a=end-of-candidates',
  ]);
  return [...session, ...sections.flat(), ''].join('\r\n');
}

function writeMedium({ kind, mid, payloadType, codec, ssrc }: OfferedMedium, direction: string): string[] {
  return [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF ${payloadType}`,
    'c=IN IP4 127.0.0.1',
    `a=mid:${mid}`,
    `a=${direction}`,
    'a=rtcp-mux',
    `a=rtpmap:${payloadType} ${codec}`,
    ...(direction === 'sendonly' ? [`a=ssrc:${ssrc} cname:souk`] : []),
  ];
}

function writeCandidate(value: unknown): string[] {
  const { foundation, priority, ip, address, protocol, port } = candidateSchema.parse(value);
  if (protocol !== 'udp') return [];
  return [`a=candidate:${foundation} 1 udp ${priority} ${address ?? ip} ${port} typ host`];
}

/** The DTLS parameters of an SDP that a bot made: its own certificate, and that it begins the handshake. */
export function readDtlsParameters(sdp: string): Record<string, unknown> {
  const [, algorithm, value] = /^a=fingerprint:(\S+) (\S+)/m.exec(sdp) ?? [];
  if (algorithm === undefined || value === undefined) throw new Error('the SDP has no fingerprint');
  return { role: 'client', fingerprints: [{ algorithm: algorithm.toLowerCase(), value }] };
}
