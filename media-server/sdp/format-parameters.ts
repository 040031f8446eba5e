import type { SdpCodec } from './description.ts';

/** Format parameters that we know the form of; others are neither handed on nor said back. Source: RFC 6184 and RFC 7587. */
const forms: Readonly<Record<string, RegExp>> = {
  'profile-level-id': /^[0-9a-fA-F]{6}$/,
  'packetization-mode': /^[01]$/,
  'level-asymmetry-allowed': /^[01]$/,
  minptime: /^\d{1,3}$/,
  maxaveragebitrate: /^\d{1,6}$/,
  stereo: /^[01]$/,
  'sprop-stereo': /^[01]$/,
  useinbandfec: /^[01]$/,
  usedtx: /^[01]$/,
};

/** The format parameters of a codec that are what they should be. */
export function listKnownParameters({ parameters }: SdpCodec): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(parameters).filter(([name, value]) => forms[name]?.test(String(value)) === true),
  );
}
