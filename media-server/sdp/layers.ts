/** Names of layers as clients give them, from the smallest picture to the largest. */
const namings: readonly (readonly string[])[] = [
  ['q', 'h', 'f'],
  ['l', 'm', 'h'],
  ['low', 'mid', 'high'],
  ['low', 'medium', 'high'],
];

/**
 * The layers of a simulcast track from the smallest to the largest, as the SFU wants them. Without a name that tells,
 * the first is the largest: SDP lists layers by preference (RFC 8853, section 5.2), and OBS does so.
 */
export function orderLayers(rids: readonly string[]): string[] {
  const naming = namings.find((names) => rids.every((rid) => names.includes(rid)));
  if (naming === undefined) return [...rids].reverse();
  return [...rids].sort((a, b) => naming.indexOf(a) - naming.indexOf(b));
}
