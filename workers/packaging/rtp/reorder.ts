import type { RtpPacket } from './rtp-packet.ts';

/** How long a hole in the sequence is waited for: retransmissions take about a round trip. */
const PATIENCE_MS = 250;
const MOST_WAITING = 1_024;
/** Further apart than this, the sequence has begun anew. */
const FAR = 3_000;

/** Puts packets in the order of their sequence numbers; what comes too late or twice is left out. */
export function createReorder(
  deliver: (packet: RtpPacket) => void,
): (packet: RtpPacket, nowMs: number) => void {
  const waiting = new Map<number, { readonly packet: RtpPacket; readonly sinceMs: number }>();
  let next: number | undefined;

  const drain = (): void => {
    for (;;) {
      const ready = next === undefined ? undefined : waiting.get(next);
      if (next === undefined || ready === undefined) return;
      waiting.delete(next);
      next = (next + 1) & 0xffff;
      deliver(ready.packet);
    }
  };
  const skipHole = (nowMs: number): void => {
    const base = next;
    if (base === undefined || waiting.size === 0) return;
    const [oldest] = waiting.values();
    const isLate = oldest !== undefined && nowMs - oldest.sinceMs >= PATIENCE_MS;
    if (!isLate && waiting.size < MOST_WAITING) return;
    const distances = [...waiting.keys()].map((sequence) => (sequence - base) & 0xffff);
    next = (base + Math.min(...distances)) & 0xffff;
    drain();
  };

  return (packet, nowMs) => {
    next ??= packet.sequence;
    const ahead = (packet.sequence - next) & 0xffff;
    const behind = (next - packet.sequence) & 0xffff;
    if (ahead > FAR && behind > FAR) {
      waiting.clear();
      next = packet.sequence;
    } else if (ahead > 0x8000) return;
    waiting.set(packet.sequence, { packet, sinceMs: nowMs });
    drain();
    skipHole(nowMs);
  };
}
