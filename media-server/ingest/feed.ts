/** A show that the server puts on air by itself, and keeps there. */
export interface Feed {
  start(): void;
  /** Takes it off air. Idempotent. */
  stop(): Promise<void>;
}
