const QUIET_MS = 30_000;

/**
 * Passes lines on, but the same line only once in 30 seconds: a service that is cut off from its database says the
 * same for every request, and one line is enough to look into the log.
 */
export function sayOnce(
  report: (line: string) => void,
  now: () => number = Date.now,
): (line: string) => void {
  const lastSaidAtMs = new Map<string, number>();
  return (line) => {
    const nowMs = now();
    for (const [said, atMs] of lastSaidAtMs) if (nowMs - atMs >= QUIET_MS) lastSaidAtMs.delete(said);
    if (lastSaidAtMs.has(line)) return;
    lastSaidAtMs.set(line, nowMs);
    report(line);
  };
}
