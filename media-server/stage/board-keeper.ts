import type { StreamBoard } from '@souk/broadcast/board';
import type { StreamId } from '@souk/protocol/ids';
import type { Logger } from '@souk/runtime/logger';
import type { SfuBackend } from '../sfu/sfu-backend.ts';
import type { LiveStream, OnAir } from './on-air.ts';

/** The board is written anew this often: a Redis that lost everything has it again soon. */
const REFRESH_MS = 5_000;

export interface BoardKeeper {
  /** Clears what a former process of this address left, and begins to write. */
  start(mediaUrl: string): Promise<void>;
  /** Stops to write, and removes what is left, where Redis is in reach. */
  stop(): Promise<void>;
}

export interface BoardKeeperDeps {
  readonly board: StreamBoard;
  readonly onAir: OnAir;
  readonly sfu: Pick<SfuBackend, 'openRoom'>;
  readonly logger: Logger;
}

/** Keeps the board of streams, which packagers read, equal to what is on air here. */
export function createBoardKeeper({ board, onAir, sfu, logger }: BoardKeeperDeps): BoardKeeper {
  const written = new Set<StreamId>();
  let mediaUrl: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();
  let isWaiting = false;

  const put = async (stream: LiveStream, url: string): Promise<void> => {
    const { streamId, showId, since: startedAt, ending, clockOffsetMs = null } = stream;
    const tracks = (await sfu.openRoom(showId)).tracks(streamId);
    if (ending.reason !== null || startedAt === undefined || tracks.length === 0) return;
    written.add(streamId);
    await board.put({ streamId, showId, mediaUrl: url, startedAt, clockOffsetMs, tracks });
  };
  const write = async (url: string): Promise<void> => {
    for (const stream of onAir.ready()) await put(stream, url);
    const ready = new Set(onAir.ready().map(({ streamId }) => streamId));
    for (const streamId of written) {
      if (ready.has(streamId)) continue;
      await board.remove(streamId);
      written.delete(streamId);
    }
  };
  /** One after the other; a change during a write is written by the next. What fails is tried again with the next refresh. */
  const refresh = (): void => {
    if (mediaUrl === undefined || isWaiting) return;
    const url = mediaUrl;
    isWaiting = true;
    work = work
      .then(() => {
        isWaiting = false;
        return write(url);
      })
      .catch((err: unknown) => logger.warn({ event: 'board-not-written', err }));
  };
  onAir.onChange(refresh);

  return {
    async start(url) {
      await board.clearOf(url);
      mediaUrl = url;
      refresh();
      timer = setInterval(refresh, REFRESH_MS);
    },
    async stop() {
      clearInterval(timer);
      const url = mediaUrl;
      mediaUrl = undefined;
      await work;
      if (url === undefined) return;
      await board.clearOf(url).catch((err: unknown) => logger.warn({ event: 'board-not-cleared', err }));
    },
  };
}
