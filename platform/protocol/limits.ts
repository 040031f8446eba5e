/** Bounds that the page shows and the server enforces. */
export const limits = {
  chatTextCodePoints: 500,
  displayNameLength: 40,
  showTitleLength: 120,
  lineupProducts: 50,
  cartLines: 10,
  lineQuantity: 20,
  /** Only what fits the counters; that there are not so many units is INSUFFICIENT_STOCK. */
  saleUnits: 1_000_000_000,
  saleSecondsMin: 5,
  saleSecondsMax: 3_600,
  muteSecondsMax: 86_400,
  reasonLength: 200,
  chatHistory: 100,
  commandBytes: 16_384,
} as const;

/** Emoji that viewers may send as reactions. */
export const reactionEmojis = ['❤️', '🔥', '👏', '😂', '😮'] as const;
