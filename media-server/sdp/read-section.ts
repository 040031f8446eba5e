import type { MediaDescription, SessionDescription } from 'sdp-transform';
import { z } from 'zod';
import type { SdpCodec, SdpFeedback, SdpSection } from './description.ts';
import { invalidSdp, textSchema } from './sdp-form.ts';

const PROTOCOLS = ['UDP/TLS/RTP/SAVPF', 'RTP/SAVPF', 'TCP/TLS/RTP/SAVPF'];

const mid = textSchema.pipe(z.string().regex(/^[\w!#$%&'*+.^`{|}~-]{1,32}$/));
const rid = z.string().regex(/^[\w-]{1,16}$/);
const uint32 = z.int().min(0).max(0xffff_ffff);
const payloadType = z.int().min(0).max(127);
const word = z.string().regex(/^[\x21-\x7e]{1,200}$/);
const codecSchema = z.object({
  payload: payloadType,
  codec: textSchema.pipe(z.string().regex(/^[\w.+-]{1,40}$/)),
  rate: z.int().min(1).max(1_000_000),
  encoding: z.int().min(1).max(255).optional(),
});
const extensionSchema = z.object({
  value: z.int().min(1).max(255),
  uri: word,
  direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).default('sendrecv'),
});
const bounds = { codecs: 60, extensions: 60, ssrcs: 200, rids: 8 } as const;

/** Reads one `m=` section. Throws AppError INVALID_SDP. */
export function readSection(media: MediaDescription, session: SessionDescription): SdpSection {
  if (media.type !== 'audio' && media.type !== 'video')
    throw invalidSdp('only audio and video sections are taken');
  if (!PROTOCOLS.includes(media.protocol)) throw invalidSdp('only UDP/TLS/RTP/SAVPF is spoken');
  const ssrcs = [...new Set((media.ssrcs ?? []).map(({ id }) => id))];
  const section: SdpSection = {
    kind: media.type,
    mid: readAs(mid, media.mid, 'a=mid'),
    direction: media.direction ?? session.direction ?? 'sendrecv',
    isRejected: media.port === 0 && media.bundleOnly === undefined,
    codecs: readCodecs(media, media.type),
    extensions: readExtensions(media, session),
    ssrcs: readAs(z.array(uint32), ssrcs, 'a=ssrc'),
    ssrcGroups: readGroups(media),
    cname: readCname(media),
    rids: readRids(media),
  };
  for (const name of Object.keys(bounds) as (keyof typeof bounds)[])
    if (section[name].length > bounds[name]) throw invalidSdp(`too many ${name} in one section`);
  return section;
}

function readAs<Output>(schema: z.ZodType<Output>, value: unknown, name: string): Output {
  const result = schema.safeParse(value);
  if (!result.success) throw invalidSdp(`\`${name}\` is missing or does not fit`);
  return result.data;
}

function readCodecs(media: MediaDescription, kind: 'audio' | 'video'): SdpCodec[] {
  const order = String(media.payloads ?? '').split(' ');
  const codecs = media.rtp.map((rtp) => {
    const { payload, codec, rate, encoding } = readAs(codecSchema, rtp, 'a=rtpmap');
    return {
      payloadType: payload,
      mimeType: `${kind}/${codec}`,
      clockRate: rate,
      ...(encoding === undefined ? {} : { channels: encoding }),
      parameters: readParameters(media.fmtp.find((fmtp) => fmtp.payload === payload)?.config),
      feedback: readFeedback(media, payload),
    };
  });
  const types = new Set(codecs.map((codec) => codec.payloadType));
  if (types.size !== codecs.length) throw invalidSdp('two codecs have the same payload type');
  const rank = new Map(order.map((type, index) => [Number(type), index]));
  return codecs
    .filter((codec) => rank.has(codec.payloadType))
    .sort((a, b) => (rank.get(a.payloadType) ?? 0) - (rank.get(b.payloadType) ?? 0));
}

/** `a=fmtp` as `name=value;name=value`. */
function readParameters(config: string | undefined): Record<string, string | number> {
  const pairs = String(config ?? '')
    .split(';')
    .map((pair) => pair.trim().split('=', 2))
    .filter(([name, value]) => name !== undefined && name !== '' && value !== undefined)
    .map(([name = '', value = '']): [string, string | number] => [
      name.toLowerCase(),
      // A profile may look like a number and is none.
      /^\d{1,5}$/.test(value) ? Number(value) : value,
    ]);
  return Object.fromEntries(pairs);
}

function readFeedback(media: MediaDescription, payload: number): SdpFeedback[] {
  const lines = (media.rtcpFb ?? []).filter((line) => line.payload === payload || line.payload === '*');
  return lines.map(({ type, subtype }) => ({ type: String(type), parameter: String(subtype ?? '') }));
}

function readExtensions(media: MediaDescription, session: SessionDescription): SdpSection['extensions'] {
  const lines = [...(session.ext ?? []), ...(media.ext ?? [])].filter(
    // Encrypted ones (RFC 6904) nobody here can read.
    (line) => line['encrypt-uri'] === undefined,
  );
  return lines.map((line) => {
    const { value, uri, direction } = readAs(extensionSchema, line, 'a=extmap');
    return { id: value, uri, direction };
  });
}

function readGroups(media: MediaDescription): SdpSection['ssrcGroups'] {
  return (media.ssrcGroups ?? []).map(({ semantics, ssrcs }) => ({
    semantics,
    ssrcs: readAs(z.array(uint32).max(8), String(ssrcs).trim().split(' ').map(Number), 'a=ssrc-group'),
  }));
}

function readCname(media: MediaDescription): string | undefined {
  const line = media.ssrcs?.find(({ attribute, value }) => attribute === 'cname' && value !== undefined);
  return line === undefined ? undefined : readAs(word, String(line.value), 'cname');
}

function readRids(media: MediaDescription): string[] {
  const listed = media.simulcast?.dir1 === 'send' ? media.simulcast.list1 : media.simulcast?.list2;
  const isSent = media.simulcast?.dir1 === 'send' || media.simulcast?.dir2 === 'send';
  const names =
    isSent && listed !== undefined
      ? // Of alternatives the first; a layer that begins paused may come later.
        String(listed)
          .split(';')
          .map((layer) => (layer.split(',')[0] ?? '').trim().replace(/^~/, ''))
      : (media.rids ?? []).filter(({ direction }) => direction === 'send').map(({ id }) => String(id));
  const rids = readAs(z.array(rid), names, 'a=rid');
  if (new Set(rids).size !== rids.length) throw invalidSdp('two layers have the same name');
  return rids;
}
