import type { Tap, tapOpen } from '@souk/protocol/http/internal';
import type { StreamId } from '@souk/protocol/ids';
import { AppError } from '@souk/runtime/app-error';
import type { Clock } from '@souk/runtime/clock';
import type { Logger } from '@souk/runtime/logger';
import type { z } from 'zod';
import type { SfuBackend, TapLink } from '../sfu/sfu-backend.ts';
import type { OnAir } from './on-air.ts';

/** A tap that nobody keeps for this long ends: its packager is gone. */
const KEPT_MS = 5_000;

export type TapRequest = z.output<typeof tapOpen.body>;

export interface Taps {
  /** Throws AppError STREAM_NOT_PUBLISHED, INVALID_INPUT for an address of another machine, UNAVAILABLE. */
  open(streamId: StreamId, request: TapRequest): Promise<Tap>;
  /** Lets a tap live on. Throws AppError NOT_FOUND. */
  keep(tapId: string): void;
  /** Ends a tap, when it still stands. */
  close(tapId: string): void;
}

export interface TapsDeps {
  readonly sfu: SfuBackend;
  readonly onAir: OnAir;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface OpenTap {
  readonly link: TapLink;
  patience: NodeJS.Timeout;
}

/** The copies of tracks that packagers have asked for. */
export function createTaps({ sfu, onAir, clock, logger }: TapsDeps): Taps {
  const taps = new Map<string, OpenTap>();

  const letEnd = (tapId: string, link: TapLink): NodeJS.Timeout =>
    setTimeout(() => {
      logger.info({ event: 'tap-abandoned', tapId });
      link.end('connection-lost');
    }, KEPT_MS);
  const hold = (tapId: string, link: TapLink): void => {
    taps.set(tapId, { link, patience: letEnd(tapId, link) });
    link.onEnd(() => {
      clearTimeout(taps.get(tapId)?.patience);
      taps.delete(tapId);
    });
  };
  const askForKeyFrames = (link: TapLink, everyMs: number): void => {
    let timer: NodeJS.Timeout;
    const ask = (): void => {
      link.requestKeyFrame().catch((err: unknown) => logger.warn({ event: 'key-frame-not-requested', err }));
      next();
    };
    // At full multiples of the interval: the layers of a track are asked at the same moment, and begin their segments together.
    const next = (): void => {
      timer = setTimeout(ask, everyMs - (clock.now() % everyMs));
    };
    next();
    link.onEnd(() => clearTimeout(timer));
  };

  return {
    async open(streamId, { kind, ip, port, spatialLayer, keyFrameEveryMs }) {
      assertLoopback(ip);
      const stream = onAir.find(streamId);
      if (stream === undefined) throw new AppError('STREAM_NOT_PUBLISHED');
      const room = await sfu.openRoom(stream.showId);
      const layer = spatialLayer === undefined ? {} : { spatialLayer };
      const link = await room.tap(streamId, { kind, to: { ip, port }, ...layer });
      if (link.endReason !== null) throw new AppError('STREAM_NOT_PUBLISHED', { detail: link.endReason });
      const id = crypto.randomUUID();
      hold(id, link);
      if (keyFrameEveryMs !== undefined && kind === 'video') askForKeyFrames(link, keyFrameEveryMs);
      return { id, ...link.track };
    },
    keep(tapId) {
      const tap = taps.get(tapId);
      if (tap === undefined) throw new AppError('NOT_FOUND');
      clearTimeout(tap.patience);
      tap.patience = letEnd(tapId, tap.link);
    },
    close: (tapId) => taps.get(tapId)?.link.end('left'),
  };
}

/** Plain RTP is neither encrypted nor authenticated: it never leaves this machine. */
function assertLoopback(ip: string): void {
  if (!ip.startsWith('127.'))
    throw new AppError('INVALID_INPUT', { issues: [{ path: 'ip', message: 'only addresses of loopback' }] });
}
