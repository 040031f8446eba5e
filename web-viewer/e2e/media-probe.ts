import type { BrowserContext, Page } from 'playwright-core';

/** Sums over all connections that the page has opened, also those that it has closed since. */
export interface MediaFigures {
  readonly framesDecoded: number;
  readonly framesSent: number;
  readonly totalAudioEnergy: number;
}

declare global {
  interface Window {
    soukTestConnections?: RTCPeerConnection[];
  }
}

/** Notes every WebRTC connection of the pages of a context, so that a test can read its statistics. */
export async function noteConnections(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const connections: RTCPeerConnection[] = [];
    window.soukTestConnections = connections;
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    };
  });
}

/** What has been sent, decoded and heard by the connections that are open now. */
export function readMedia(page: Page): Promise<MediaFigures> {
  return page.evaluate(async () => {
    const sums = { framesDecoded: 0, framesSent: 0, totalAudioEnergy: 0 };
    for (const connection of window.soukTestConnections ?? []) {
      if (connection.connectionState !== 'connected') continue;
      for (const stats of (await connection.getStats()).values()) {
        sums.framesDecoded += stats.framesDecoded ?? 0;
        sums.framesSent += stats.framesSent ?? 0;
        if (stats.type === 'inbound-rtp') sums.totalAudioEnergy += stats.totalAudioEnergy ?? 0;
      }
    }
    return sums;
  });
}
