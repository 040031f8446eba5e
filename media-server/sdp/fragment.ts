import { parse } from 'sdp-transform';
import { z } from 'zod';
import { assertSdpForm, invalidSdp, textSchema } from './sdp-form.ts';
import type { IceCredentials, TransportView } from './transport-view.ts';

const token = textSchema.pipe(z.string().regex(/^[\w+/=-]{4,256}$/));

/** News of ICE from the other side (RFC 8840): more candidates, or, with a new name, a restart. */
export interface IceFragment {
  /** Undefined when the fragment does not say of which ICE session it is. */
  readonly iceUfrag: string | undefined;
}

/** Reads the body of a PATCH. Candidates are of no use to an ICE-lite server, which answers whoever knows its name. Throws AppError INVALID_SDP. */
export function readFragment(text: string): IceFragment {
  assertSdpForm(text);
  const session = parse(text);
  const [media] = session.media;
  const ufrag = token.optional().safeParse(media?.iceUfrag ?? session.iceUfrag);
  const pwd = token.optional().safeParse(media?.icePwd ?? session.icePwd);
  if (!ufrag.success || !pwd.success || (ufrag.data === undefined) !== (pwd.data === undefined))
    throw invalidSdp('`a=ice-ufrag` and `a=ice-pwd` do not fit');
  const candidates = session.media.flatMap((section) => section.candidates ?? []);
  const hasEnd = session.media.some((section) => section.endOfCandidates !== undefined);
  if (ufrag.data === undefined && candidates.length === 0 && !hasEnd)
    throw invalidSdp('tells neither candidates nor credentials');
  return { iceUfrag: ufrag.data };
}

/** Writes the answer to an ICE restart: our new credentials, and the candidates, which stay what they were. */
export function writeFragment(
  ice: IceCredentials,
  candidates: TransportView['candidates'],
  mid: string,
): string {
  const lines = [
    'a=ice-lite',
    'a=ice-options:trickle',
    `a=group:BUNDLE ${mid}`,
    'm=audio 9 UDP/TLS/RTP/SAVPF 0',
    `a=mid:${mid}`,
    `a=ice-ufrag:${ice.usernameFragment}`,
    `a=ice-pwd:${ice.password}`,
    ...candidates.map(
      ({ foundation, protocol, priority, ip, port, tcpType }) =>
        `a=candidate:${foundation} 1 ${protocol} ${priority} ${ip} ${port} typ host${
          tcpType === undefined ? '' : ` tcptype ${tcpType}`
        }`,
    ),
    'a=end-of-candidates',
  ];
  return `${lines.join('\r\n')}\r\n`;
}
