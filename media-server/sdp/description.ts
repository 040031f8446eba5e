import type { MediaKind } from '../sfu/sfu-backend.ts';

/*
 * What the other side says of its media, as far as we use it: read from SDP (RFC 8866) and checked, so that all of it
 * may be written into an answer again.
 */

export type SdpDirection = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface SdpFeedback {
  readonly type: string;
  /** Empty when there is none. */
  readonly parameter: string;
}

export interface SdpCodec {
  readonly payloadType: number;
  /** For example `video/H264`. */
  readonly mimeType: string;
  readonly clockRate: number;
  readonly channels?: number;
  /** Format parameters; numbers where they are whole ones. */
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly feedback: readonly SdpFeedback[];
}

export interface SdpExtension {
  readonly id: number;
  readonly uri: string;
  /** As the other side sees it. */
  readonly direction: SdpDirection;
}

export interface SdpSsrcGroup {
  readonly semantics: string;
  readonly ssrcs: readonly number[];
}

/** One `m=` section: a track. */
export interface SdpSection {
  readonly kind: MediaKind;
  readonly mid: string;
  readonly direction: SdpDirection;
  /** True when this side does not want the section at all. */
  readonly isRejected: boolean;
  /** In the order of preference. */
  readonly codecs: readonly SdpCodec[];
  readonly extensions: readonly SdpExtension[];
  readonly ssrcs: readonly number[];
  readonly ssrcGroups: readonly SdpSsrcGroup[];
  readonly cname: string | undefined;
  /** Names of the layers that it sends, as listed by `a=simulcast` or else by `a=rid`. */
  readonly rids: readonly string[];
}

export interface SdpDescription {
  /** At least one; all of them in one bundle. */
  readonly sections: readonly [SdpSection, ...SdpSection[]];
  readonly iceUfrag: string;
  readonly setup: 'actpass' | 'active' | 'passive';
  readonly fingerprint: { readonly algorithm: string; readonly value: string };
}
