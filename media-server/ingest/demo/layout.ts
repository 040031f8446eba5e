/**
 * Measures of the demo picture, in pixels. The middle third stands alone: a phone held upright shows nothing else,
 * so picture and clock stand there; title and price are for wide screens, and in the page's own words anyway.
 */
export const layout = {
  width: 1_280,
  height: 720,
  framesPerSecond: 25,
  /** How long each product is shown; commerce pins by the same measure. */
  productMs: 12_000,
  picture: { size: 400, x: 440, y: 176, radius: 36 },
  clock: { y: 104, fontSize: 40 },
  track: { x: 440, y: 610, width: 400, dot: 14 },
  glow: 560,
} as const;
