const LOOK_EVERY_MS = 400;
const PATIENCE_MS = 20_000;

/**
 * Resolves once a playlist can be read: packaging that has just been asked for takes a moment.
 * Rejects after 20 s, and when the signal aborts.
 */
export async function whenThere(url: string, signal: AbortSignal): Promise<void> {
  const bound = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  while (true) {
    // While the network is down the next look tells.
    const isThere = await fetch(url, { signal: bound, cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    );
    bound.throwIfAborted();
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
