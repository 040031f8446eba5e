/** Bounds that the page shows and the server enforces. */
export const limits = {
  chatTextCodePoints: 500,
  displayNameLength: 40,
  showTitleLength: 120,
  lineupProducts: 50,
  cartLines: 10,
  /** Also of all that one buyer holds of a variant at its ordinary price. */
  lineQuantity: 20,
  /** Holds that one buyer has with one merchant at a time. */
  holdsPerBuyer: 20,
  /** Only what fits the counters; that there are not so many units is INSUFFICIENT_STOCK. */
  saleUnits: 1_000_000_000,
  saleSecondsMin: 5,
  saleSecondsMax: 3_600,
  countdownSecondsMax: 300,
  /** How far ahead a sale can be scheduled. */
  scheduleDaysMax: 30,
  waitlistEntries: 10_000,
  waitlistOfferSeconds: 60,
  quoteSeconds: 900,
  variantsPerProduct: 50,
  optionsPerVariant: 4,
  partsPerBundle: 10,
  partQuantity: 20,
  picturesPerProduct: 8,
  pictureBytes: 1_500_000,
  importRows: 10_000,
  importBytes: 8_000_000,
  pageSize: 100,
  muteSecondsMax: 86_400,
  reasonLength: 200,
  chatHistory: 100,
  slowSecondsMax: 300,
  /** Of a merchant, and again of a show. */
  blockedWords: 500,
  blockedWordLength: 50,
  heldMessages: 200,
  openReports: 200,
  reportNoteLength: 300,
  /** Messages that one mute, ban or purge takes away. */
  purgedMessages: 200,
  /** Of one entry; a merchant may have more. */
  bannedUsers: 1_000,
  commandBytes: 16_384,
  /** A description of media (SDP) over WHIP or WHEP. */
  sdpBytes: 65_536,
  timelinePage: 500,
} as const;

/** Emoji that viewers may send as reactions. */
export const reactionEmojis = ['❤️', '🔥', '👏', '😂', '😮'] as const;
