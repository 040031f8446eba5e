import { z } from 'zod';
import type { TransportOffer } from '../sfu/sfu-backend.ts';

const iceSchema = z.object({ usernameFragment: z.string(), password: z.string() });
const candidateSchema = z.object({
  foundation: z.coerce.string(),
  priority: z.int(),
  ip: z.string(),
  protocol: z.enum(['udp', 'tcp']),
  port: z.int(),
  tcpType: z.string().optional(),
});
const dtlsSchema = z.object({
  fingerprints: z.array(z.object({ algorithm: z.string(), value: z.string() })).min(1),
});

export type IceCredentials = z.infer<typeof iceSchema>;
/** Our half of a connection, as SDP tells it. */
export interface TransportView {
  readonly ice: IceCredentials;
  readonly candidates: readonly z.infer<typeof candidateSchema>[];
  readonly fingerprint: { readonly type: string; readonly hash: string };
}

/** Reads the ICE credentials of the SFU, which are opaque to the port. Throws ZodError. */
export function readIceCredentials(iceParameters: Record<string, unknown>): IceCredentials {
  return iceSchema.parse(iceParameters);
}

/** Reads what the SFU offers for a connection, which is opaque to the port. Throws ZodError. */
export function readTransport(offer: TransportOffer): TransportView {
  const { fingerprints } = dtlsSchema.parse(offer.dtlsParameters);
  const fingerprint = fingerprints.find(({ algorithm }) => algorithm === 'sha-256') ?? fingerprints[0];
  return {
    ice: readIceCredentials(offer.iceParameters),
    candidates: z.array(candidateSchema).parse(offer.iceCandidates),
    fingerprint: { type: fingerprint?.algorithm ?? '', hash: fingerprint?.value ?? '' },
  };
}
