import type { OpaqueJson } from '../sfu/sfu-backend.ts';
import type { SdpDescription } from './description.ts';

/**
 * The other side's half of the DTLS handshake, as the SFU takes it, and the role that our answer names (RFC 8842).
 * Whoever leaves the choice to us begins the handshake: it knows first that there is a path.
 */
export function settleDtls({ setup, fingerprint }: SdpDescription): {
  readonly dtlsParameters: OpaqueJson;
  readonly ourSetup: 'active' | 'passive';
} {
  const role = setup === 'passive' ? 'server' : 'client';
  return {
    dtlsParameters: { role, fingerprints: [fingerprint] },
    ourSetup: setup === 'passive' ? 'active' : 'passive',
  };
}
