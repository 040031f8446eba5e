import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { EVENT_STREAM_TYPE, type StreamEndReason } from '@souk/protocol/http/timeline-stream';
import { formatEnd } from './format-events.ts';
import type { Sink } from './sink.ts';

/** So long a reader may take for what it was sent, and for the notice of its end. */
const DRAIN_MS = 10_000;

/** Begins an answer of server-sent events. Source: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function createResponseSink(response: ServerResponse): Sink {
  let reason: StreamEndReason | 'gone' | undefined;
  const listeners: ((reason: StreamEndReason | 'gone') => void)[] = [];
  const close = (why: StreamEndReason | 'gone'): boolean => {
    if (reason !== undefined) return false;
    reason = why;
    for (const listener of listeners) listener(why);
    return true;
  };
  response.on('close', () => close('gone'));
  // A connection that breaks is closed right after.
  response.on('error', () => close('gone'));
  response.writeHead(200, {
    'content-type': `${EVENT_STREAM_TYPE}; charset=utf-8`,
    'cache-control': 'no-store',
    // Proxies that gather answers would hold the events back.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  return {
    get isClosed() {
      return reason !== undefined;
    },
    write: (text) => reason === undefined && response.write(text),
    backlogBytes: () => response.writableLength,
    async drained() {
      if (reason !== undefined || !response.writableNeedDrain) return;
      await Promise.race([
        once(response, 'drain', { signal: AbortSignal.timeout(DRAIN_MS) }),
        once(response, 'close'),
      ]);
    },
    end(why) {
      if (!close(why)) return;
      response.end(formatEnd(why));
      const timer = setTimeout(() => response.destroy(), DRAIN_MS);
      response.on('close', () => clearTimeout(timer));
    },
    onClosed: (listener) => void listeners.push(listener),
  };
}
