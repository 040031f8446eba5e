import type { SdpCodec } from './description.ts';

const CONSTRAINED = 0x40;
/** Rank by `profile_idc`: what a decoder of the constrained baseline plays stands first. */
const profiles: Readonly<Record<number, (iop: number) => number>> = {
  66: (iop) => ((iop & CONSTRAINED) === 0 ? 1 : 0),
  77: () => 2,
  100: () => 3,
};
/** What is meant when no profile is named: baseline, level 1 (RFC 6184, section 8.1). */
const DEFAULT_PROFILE = '42000a';

/**
 * How well an H264 format suits a show, 0 is best; undefined when it does not. Pages are told the constrained baseline
 * whatever an encoder sends, since every browser that decodes it in fact decodes main and high as well, and encoders
 * (OBS among them) name the baseline and send high. Source: RFC 6184, section 8.1.
 */
export function findH264Rank({ parameters }: Pick<SdpCodec, 'parameters'>): number | undefined {
  const profile = String(parameters['profile-level-id'] ?? DEFAULT_PROFILE);
  if (!/^[0-9a-fA-F]{6}$/.test(profile)) return undefined;
  const rank = profiles[Number.parseInt(profile.slice(0, 2), 16)]?.(Number.parseInt(profile.slice(2, 4), 16));
  if (rank === undefined) return undefined;
  const mode = Number(parameters['packetization-mode'] ?? 0);
  if (mode > 1) return undefined;
  // One packet for each NAL unit needs small slices, which few encoders are set to.
  return rank + (mode === 1 ? 0 : 10);
}
