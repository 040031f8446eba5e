import type { SfuCapabilities } from './choose-codec.ts';
import type { SdpExtension, SdpSection } from './description.ts';

/** Names which section a packet belongs to (RFC 9143). */
export const MID_EXTENSION = 'urn:ietf:params:rtp-hdrext:sdes:mid';
/** Names which layer a packet belongs to (RFC 8852). */
export const RID_EXTENSION = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id';
/** Numbers packets over all tracks, so that the bandwidth can be estimated. */
export const TRANSPORT_CC_EXTENSION =
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';

/** The header extensions (RFC 8285) that a section offers for sending to us and that we read, each once. */
export function agreeExtensions(section: SdpSection, capabilities: SfuCapabilities): SdpExtension[] {
  const known = new Set(
    capabilities.headerExtensions
      .filter(
        ({ kind, direction }) =>
          kind === section.kind && direction !== 'sendonly' && direction !== 'inactive',
      )
      .map(({ uri }) => uri),
  );
  const agreed = new Map<string, SdpExtension>();
  const ids = new Set<number>();
  for (const extension of section.extensions) {
    const { id, uri, direction } = extension;
    const isSent = direction === 'sendrecv' || direction === 'sendonly';
    if (!isSent || !known.has(uri) || agreed.has(uri) || ids.has(id)) continue;
    agreed.set(uri, extension);
    ids.add(id);
  }
  return [...agreed.values()];
}

/**
 * The header extensions that the SFU may send to a section, as its capabilities name them. With `asNumbered` only those
 * that the other side numbers as we do; and never the section's name then, which would be ours and not theirs.
 */
export function agreeReceived(
  section: SdpSection,
  capabilities: SfuCapabilities,
  asNumbered: boolean,
): SfuCapabilities['headerExtensions'] {
  return capabilities.headerExtensions.filter(({ kind, uri, preferredId }) => {
    if (kind !== section.kind || (asNumbered && uri === MID_EXTENSION)) return false;
    return section.extensions.some(
      ({ id, uri: offered, direction }) =>
        offered === uri &&
        (direction === 'sendrecv' || direction === 'recvonly') &&
        (!asNumbered || id === preferredId),
    );
  });
}
