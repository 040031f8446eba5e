/** The end of a thing with a lifecycle: happens once, for a named reason, and is told to whoever listens. */
export interface Ending<Reason extends string> {
  /** Null while it lives. */
  readonly reason: Reason | null;
  /** Calls the listener at the end; at once when that has been. */
  onEnd(listener: (reason: Reason) => void): void;
  /** Ends it. Returns false when it had ended before; then nothing happens. */
  end(reason: Reason): boolean;
}

/** Makes an Ending that has not been reached yet. */
export function createEnding<Reason extends string>(): Ending<Reason> {
  const listeners: ((reason: Reason) => void)[] = [];
  let ended: Reason | null = null;
  return {
    get reason() {
      return ended;
    },
    onEnd(listener) {
      if (ended === null) listeners.push(listener);
      else listener(ended);
    },
    end(reason) {
      if (ended !== null) return false;
      ended = reason;
      for (const listener of listeners.splice(0)) listener(reason);
      return true;
    },
  };
}
