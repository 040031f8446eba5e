/** How long anything on a page may take on a busy machine. */
export const PATIENCE_MS = 60_000;
