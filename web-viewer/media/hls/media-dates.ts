/** A piece of a playlist: where it stands in the media, and when its first picture was captured. */
export interface DatedPiece {
  /** Seconds from the start of the media. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
  /** Server wall-clock milliseconds. */
  readonly capturedAt: number;
}

/**
 * Server time of the picture at a place of the media. A recording has holes where the host was away, so that places
 * and times do not run alike; undefined while nothing is known.
 */
export function dateAt(pieces: readonly DatedPiece[], seconds: number): number | undefined {
  const piece = pieces.findLast(({ startSeconds }) => startSeconds <= seconds) ?? pieces[0];
  if (piece === undefined) return undefined;
  const within = Math.min(Math.max(0, seconds - piece.startSeconds), piece.durationSeconds);
  return piece.capturedAt + within * 1_000;
}

/** The place of the media that shows an instant; what happened in a hole stands where the picture goes on. */
export function placeOf(pieces: readonly DatedPiece[], at: number): number | undefined {
  const piece = pieces.find(({ capturedAt, durationSeconds }) => at < capturedAt + durationSeconds * 1_000);
  if (piece === undefined) {
    const last = pieces.at(-1);
    return last === undefined ? undefined : last.startSeconds + last.durationSeconds;
  }
  return piece.startSeconds + Math.max(0, at - piece.capturedAt) / 1_000;
}
