import { type MediaDescription, type SessionDescription, write } from 'sdp-transform';
import type { MediaKind } from '../sfu/sfu-backend.ts';
import type { SdpFeedback } from './description.ts';
import type { TransportView } from './transport-view.ts';

export interface WrittenCodec {
  readonly payloadType: number;
  /** Name without the kind, as in `a=rtpmap`. */
  readonly name: string;
  readonly clockRate: number;
  readonly channels?: number | undefined;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly feedback: readonly SdpFeedback[];
}

/** A section of an answer or offer of ours. */
export interface WrittenSection {
  readonly kind: MediaKind;
  readonly mid: string;
  readonly direction: 'sendonly' | 'recvonly' | 'inactive';
  readonly codecs: readonly WrittenCodec[];
  readonly extensions: readonly { readonly id: number; readonly uri: string }[];
  /** Layers that we take, named as they were offered. */
  readonly receivedRids?: readonly string[];
  /** What we send, told apart by number. */
  readonly sent?: {
    readonly ssrc: number;
    readonly rtxSsrc: number | undefined;
    readonly cname: string;
    readonly streamId: string;
  };
}

export interface WrittenDescription {
  readonly transport: TransportView;
  readonly setup: 'actpass' | 'active' | 'passive';
  readonly sections: readonly WrittenSection[];
}

const PROTOCOL = 'UDP/TLS/RTP/SAVPF';
const ANY_ADDRESS = { version: 4, ip: '0.0.0.0' };
/** No section is ever left out of the bundle, so the port of one says nothing: 9, or 0 for one that is not wanted. */
const PORT = 9;

/** Writes an offer or an answer of the SFU: ICE-lite, one bundle, RTCP on the same transport. */
export function writeDescription(description: WrittenDescription): string {
  const { sections } = description;
  const live = sections.filter(({ direction }) => direction !== 'inactive');
  const session: SessionDescription = {
    version: 0,
    origin: {
      username: 'souk',
      sessionId: String(Date.now()),
      sessionVersion: 1,
      netType: 'IN',
      ipVer: 4,
      address: '127.0.0.1',
    },
    name: '-',
    timing: { start: 0, stop: 0 },
    icelite: 'ice-lite',
    extmapAllowMixed: 'extmap-allow-mixed',
    groups: [{ type: 'BUNDLE', mids: live.map(({ mid }) => mid).join(' ') }],
    msidSemantic: { semantic: 'WMS', token: '*' },
    media: sections.map((section) => toMedia(section, description)),
  };
  return write(session);
}

function toMedia(section: WrittenSection, { transport, setup }: WrittenDescription): MediaDescription {
  const { kind, mid, direction, codecs, extensions } = section;
  const common = {
    type: kind,
    protocol: PROTOCOL,
    payloads: codecs.map(({ payloadType }) => payloadType).join(' ') || '0',
    connection: ANY_ADDRESS,
    mid,
    direction,
  };
  if (direction === 'inactive') return { ...common, port: 0, rtp: [], fmtp: [] };
  return {
    ...common,
    port: PORT,
    iceUfrag: transport.ice.usernameFragment,
    icePwd: transport.ice.password,
    iceOptions: 'trickle',
    candidates: transport.candidates.map(toCandidate),
    endOfCandidates: 'end-of-candidates',
    fingerprint: transport.fingerprint,
    setup,
    rtcpMux: 'rtcp-mux',
    rtcpRsize: 'rtcp-rsize',
    ext: extensions.map(({ id, uri }) => ({ value: id, uri })),
    ...toFormats(codecs),
    ...toLayers(section.receivedRids ?? []),
    ...toSources(section),
  };
}

export function toCandidate({
  foundation,
  priority,
  ip,
  protocol,
  port,
  tcpType,
}: TransportView['candidates'][number]) {
  const base = { foundation, component: 1, transport: protocol, priority, ip, port, type: 'host' };
  return tcpType === undefined ? base : { ...base, tcptype: tcpType };
}

function toFormats(codecs: readonly WrittenCodec[]): Pick<MediaDescription, 'rtp' | 'fmtp' | 'rtcpFb'> {
  return {
    rtp: codecs.map(({ payloadType, name, clockRate, channels = 1 }) => ({
      payload: payloadType,
      codec: name,
      rate: clockRate,
      ...(channels > 1 ? { encoding: channels } : {}),
    })),
    fmtp: codecs
      .filter(({ parameters }) => Object.keys(parameters).length > 0)
      .map(({ payloadType, parameters }) => ({
        payload: payloadType,
        config: Object.entries(parameters)
          .map(([name, value]) => `${name}=${value}`)
          .join(';'),
      })),
    rtcpFb: codecs.flatMap(({ payloadType, feedback }) =>
      feedback.map(({ type, parameter }) => ({
        payload: payloadType,
        type,
        ...(parameter === '' ? {} : { subtype: parameter }),
      })),
    ),
  };
}

function toLayers(rids: readonly string[]): Pick<MediaDescription, 'rids' | 'simulcast'> {
  if (rids.length === 0) return {};
  return {
    rids: rids.map((id) => ({ id, direction: 'recv' })),
    ...(rids.length === 1 ? {} : { simulcast: { dir1: 'recv', list1: rids.join(';') } }),
  };
}

function toSources({ kind, sent }: WrittenSection): Pick<MediaDescription, 'msid' | 'ssrcs' | 'ssrcGroups'> {
  if (sent === undefined) return {};
  const { ssrc, rtxSsrc, cname, streamId } = sent;
  const ids = rtxSsrc === undefined ? [ssrc] : [ssrc, rtxSsrc];
  return {
    msid: [{ id: streamId, appdata: kind }],
    ssrcs: ids.map((id) => ({ id, attribute: 'cname', value: cname })),
    ...(rtxSsrc === undefined ? {} : { ssrcGroups: [{ semantics: 'FID', ssrcs: `${ssrc} ${rtxSsrc}` }] }),
  };
}
