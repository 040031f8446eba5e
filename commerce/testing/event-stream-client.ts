import { EVENT_STREAM_TYPE } from '@souk/protocol/http/timeline-stream';
import { vi } from 'vitest';

export interface ReceivedEvent {
  readonly id: string;
  /** `message` where the event has no name. */
  readonly name: string;
  readonly data: Record<string, unknown>;
}

export interface EventStreamClient {
  readonly status: number;
  readonly events: readonly ReceivedEvent[];
  /** Id that the client would come back with. */
  lastEventId(): string;
  /** Waits until so many events have come, and gives them back. */
  until(count: number): Promise<readonly ReceivedEvent[]>;
  /** Waits until the server has ended the stream. */
  ended(): Promise<readonly ReceivedEvent[]>;
  close(): void;
}

/** Reads server-sent events as a browser does. Source: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export async function openEventStream(
  url: string,
  headers: Record<string, string>,
): Promise<EventStreamClient> {
  const abort = new AbortController();
  const answer = await fetch(url, {
    headers: { accept: EVENT_STREAM_TYPE, ...headers },
    signal: abort.signal,
  });
  const events: ReceivedEvent[] = [];
  let lastEventId = '';
  const take = (block: string): void => {
    let name = 'message';
    const data: string[] = [];
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'id') lastEventId = value;
      if (field === 'event') name = value;
      if (field === 'data') data.push(value);
    }
    if (data.length > 0) events.push({ id: lastEventId, name, data: JSON.parse(data.join('\n')) });
  };
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) take(block);
    }
  };
  const whole = read().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  return {
    status: answer.status,
    events,
    lastEventId: () => lastEventId,
    until: (count) =>
      vi.waitFor(
        () => {
          if (events.length < count) throw new Error(`${events.length} of ${count} events have come`);
          return events;
        },
        { timeout: 15_000, interval: 10 },
      ),
    async ended() {
      await whole;
      return events;
    },
    close: () => abort.abort(),
  };
}
