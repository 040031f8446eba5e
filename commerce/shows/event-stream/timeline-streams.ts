import { EVENT_STREAM_TYPE, LAST_EVENT_ID_HEADER } from '@souk/protocol/http/timeline-stream';
import type { ShowId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import { findBearerToken, type TokenVerifier } from '@souk/runtime/tokens';
import { createTimelineTail } from '@souk/timeline/tail';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RoleFinder } from '../../accounts/role-finder.ts';
import type { Foundation } from '../../foundation.ts';
import type { Caller } from '../../http/caller.ts';
import { type Bookmark, createReadTimeline } from '../read-timeline.ts';
import { createResponseSink } from './response-sink.ts';
import { createShowChannels } from './show-channels.ts';
import type { Sink } from './sink.ts';
import { createStreamMetrics } from './stream-metrics.ts';
import { createStreamPlaces, type StreamLimits } from './stream-places.ts';
import { createStreamTimeline } from './stream-timeline.ts';

/** One request for a stream, after its caller was checked. */
export interface StreamExchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly caller: Caller;
  readonly showId: ShowId;
  readonly bookmark: Bookmark;
}

export interface TimelineStreams {
  start(): void;
  /** Answers with a stream, or with 204 when there is nothing more to tell. Throws AppError before it begins. */
  open(exchange: StreamExchange): Promise<void>;
  /** Ends all streams, and accepts no more. */
  end(): void;
  stop(): Promise<void>;
}

export interface TimelineStreamsDeps
  extends Pick<Foundation, 'db' | 'redis' | 'timeline' | 'banGuard' | 'metrics' | 'clock' | 'logger'> {
  readonly roles: RoleFinder;
  readonly verifier: TokenVerifier;
  readonly limits: StreamLimits;
  readonly heartbeatMs?: number;
}

const HEARTBEAT_MS = 15_000;

/** Streams timelines as server-sent events; all readers of a show share one place on one tail. */
export function createTimelineStreams(deps: TimelineStreamsDeps): TimelineStreams {
  const { db, redis, timeline, verifier, clock, logger, heartbeatMs = HEARTBEAT_MS } = deps;
  const tail = createTimelineTail({ redis, logger });
  const streams = createStreamTimeline({
    ...deps,
    orm: db.orm,
    channels: createShowChannels({ timeline, tail, logger }),
    readTimeline: createReadTimeline(deps),
  });
  const places = createStreamPlaces(deps.limits);
  const metrics = createStreamMetrics(deps.metrics, () => places.open);
  const sinks = new Set<Sink>();
  let isEnded = false;
  let timer: NodeJS.Timeout | undefined;

  /** From now on the answer is no business of the server's any more. */
  const begin = (reply: FastifyReply, expiresAt: number, giveBack: () => void): Sink => {
    reply.hijack();
    const sink = createResponseSink(reply.raw);
    sinks.add(sink);
    const expiry = setTimeout(() => sink.end('token-expired'), Math.max(0, expiresAt - clock.now()));
    sink.onClosed((reason) => {
      clearTimeout(expiry);
      sinks.delete(sink);
      giveBack();
      metrics.ended(reason);
    });
    return sink;
  };
  const findExpiry = async ({ headers }: FastifyRequest): Promise<number> => {
    const token = findBearerToken(headers.authorization);
    if (token === undefined) throw new AppError('UNAUTHENTICATED');
    return (await verifier.verifyAccess(token)).exp * 1_000;
  };
  const end = (): void => {
    isEnded = true;
    for (const sink of [...sinks]) sink.end('server-stopping');
  };
  return {
    start() {
      tail.start();
      timer = setInterval(() => streams.heartbeat(), heartbeatMs);
    },
    async open({ request, reply, ...asked }) {
      if (isEnded) throw new AppError('UNAVAILABLE', { retryAfterMs: 1_000 });
      const giveBack = places.take(request.ip);
      try {
        const expiresAt = await findExpiry(request);
        const header = request.headers[LAST_EVENT_ID_HEADER];
        const outcome = await streams.open({
          ...asked,
          lastEventId: Array.isArray(header) ? header[0] : header,
          begin: () => begin(reply, expiresAt, giveBack),
        });
        if (outcome === 'begun') return;
        giveBack();
        await reply.code(204).send();
      } catch (error) {
        giveBack();
        throw error;
      }
    },
    end,
    async stop() {
      clearInterval(timer);
      end();
      await tail.stop();
    },
  };
}

/** True when a request asks for a stream in the place of one answer. */
export function asksForStream({ method, headers }: FastifyRequest): boolean {
  return method === 'GET' && headers.accept?.toLowerCase().includes(EVENT_STREAM_TYPE) === true;
}
