import { type MediaDescription, parse, type SessionDescription } from 'sdp-transform';
import { z } from 'zod';
import type { SdpDescription, SdpSection } from './description.ts';
import { readSection } from './read-section.ts';
import { assertSdpForm, invalidSdp, textSchema } from './sdp-form.ts';

const iceToken = z.string().regex(/^[\w+/=-]{1,256}$/);
const transportSchema = z.object({
  iceUfrag: textSchema.pipe(iceToken.min(4)),
  icePwd: textSchema.pipe(iceToken.min(22)),
  setup: z.enum(['actpass', 'active', 'passive']),
  fingerprint: z.object({
    type: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512'])),
    hash: z.string().regex(/^(?:[0-9A-Fa-f]{2}:){19,63}[0-9A-Fa-f]{2}$/),
  }),
});

/**
 * Reads an offer or an answer (RFC 8866, RFC 9429). All sections have to be one bundle (RFC 9143) with RTCP on the same
 * transport. Throws AppError INVALID_SDP.
 */
export function readDescription(text: string): SdpDescription {
  assertSdpForm(text);
  if (!text.startsWith('v=0')) throw invalidSdp('does not begin with `v=0`');
  const session = parse(text);
  const sections = session.media.map((media) => readSection(media, session));
  const [first, ...others] = sections;
  const tagged = session.media[0];
  if (first === undefined || tagged === undefined) throw invalidSdp('has no media section');
  assertBundle(session, sections);
  if (tagged.rtcpMux === undefined) throw invalidSdp('RTCP has to be multiplexed: `a=rtcp-mux`');
  const { iceUfrag, setup, fingerprint } = readTransport(session, tagged);
  return {
    sections: [first, ...others],
    iceUfrag,
    setup,
    fingerprint: { algorithm: fingerprint.type, value: fingerprint.hash },
  };
}

/** The whole bundle has the transport of its first section, which may leave it to the session's lines. */
function readTransport(
  session: SessionDescription,
  tagged: MediaDescription,
): z.output<typeof transportSchema> {
  const result = transportSchema.safeParse({
    iceUfrag: tagged.iceUfrag ?? session.iceUfrag,
    icePwd: tagged.icePwd ?? session.icePwd,
    setup: tagged.setup ?? session.setup,
    fingerprint: tagged.fingerprint ?? session.fingerprint,
  });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalidSdp(`${issue?.path[0]?.toString() ?? 'the transport'} is missing or does not fit`);
}

function assertBundle(session: SessionDescription, sections: readonly SdpSection[]): void {
  const mids = new Set(sections.map(({ mid }) => mid));
  if (mids.size !== sections.length) throw invalidSdp('two sections have the same mid');
  if (sections.length === 1) return;
  const bundle = session.groups?.find(({ type }) => type === 'BUNDLE');
  const bundled = new Set(bundle === undefined ? [] : String(bundle.mids).split(' '));
  const apart = sections.find(({ mid, isRejected }) => !isRejected && !bundled.has(mid));
  if (apart !== undefined) throw invalidSdp('every section has to be in one BUNDLE group');
}
