import type { StreamEndReason } from '@souk/protocol/http/timeline-stream';

/** Where the events of one reader go. Nothing is written after its end. */
export interface Sink {
  /** Hands text on. False when the other side has not taken what came before: see `drained`. */
  write(text: string): boolean;
  /** Bytes that were handed on and not taken yet. */
  backlogBytes(): number;
  /** Resolves when everything was taken, or the connection is gone. Rejects when that takes too long. */
  drained(): Promise<void>;
  /** Tells the reason, and closes. */
  end(reason: StreamEndReason): void;
  readonly isClosed: boolean;
  onClosed(listener: (reason: StreamEndReason | 'gone') => void): void;
}
