import type Hls from 'hls.js';
import type { ErrorData } from 'hls.js';
import type { Quality } from '../watch/watch-wish.ts';
import { type HlsMode, hlsSettings } from './hls-settings.ts';
import { type DatedPiece, dateAt } from './media-dates.ts';
import { playNatively } from './native-hls.ts';

/** Why the files cannot be played on: the right to them ran out, they do not come, or they cannot be decoded. */
export type HlsFault = 'access' | 'network' | 'media' | 'unsupported';

export interface HlsPlayer {
  /** Server wall-clock milliseconds at which the picture on screen was captured; undefined while that is not known. */
  shownAt(): number | undefined;
  /** The same of a frame at this place of the media, in seconds. */
  capturedAt(mediaTime: number): number | undefined;
  /** The dated pieces of the playlist, in order; empty where only the browser knows them. */
  pieces(): readonly DatedPiece[];
  /** Bits per second and height of the version that is played; undefined where it is not known. */
  level(): { readonly bitrateBps: number; readonly height: number } | undefined;
  setQuality(quality: Quality): void;
  destroy(): void;
}

export interface HlsPlayerOptions {
  readonly video: HTMLVideoElement;
  readonly url: string;
  readonly mode: HlsMode;
  readonly quality: Quality;
  /** The player has stopped for good. */
  onFault(fault: HlsFault): void;
}

const RECOVERY_MS = 5_000;

/** Plays a playlist: by hls.js, which is loaded now, or by the browser itself where it has no media sources. */
export async function createHlsPlayer(options: HlsPlayerOptions): Promise<HlsPlayer> {
  const { default: Player, ErrorTypes, Events } = await import('hls.js/light');
  const { video, url, mode, quality, onFault } = options;
  if (!Player.isSupported()) return playNatively(options);
  const hls = new Player(hlsSettings(mode));
  let recoveredAt = Number.NEGATIVE_INFINITY;
  hls.on(Events.ERROR, (_event, data) => {
    if (!data.fatal) return;
    // The decoder of some browsers trips over a change of the stream: it is helped up, but not over and over.
    if (data.type === ErrorTypes.MEDIA_ERROR && performance.now() - recoveredAt > RECOVERY_MS) {
      recoveredAt = performance.now();
      hls.recoverMediaError();
      return;
    }
    onFault(faultOf(data, data.type === ErrorTypes.NETWORK_ERROR));
  });
  hls.on(Events.MANIFEST_PARSED, () => setQuality(hls, quality));
  hls.loadSource(url);
  hls.attachMedia(video);
  return {
    shownAt: () => dateAt(piecesOf(hls), video.currentTime),
    capturedAt: (mediaTime) => dateAt(piecesOf(hls), mediaTime),
    pieces: () => piecesOf(hls),
    level: () => levelOf(hls),
    setQuality: (next) => setQuality(hls, next),
    destroy: () => hls.destroy(),
  };
}

function faultOf({ response }: ErrorData, isNetwork: boolean): HlsFault {
  if (response?.code === 401 || response?.code === 403) return 'access';
  return isNetwork ? 'network' : 'media';
}

/** To save data the smallest version is enough; the sound alone needs no more either. */
function setQuality(hls: Hls, quality: Quality): void {
  const smallest = hls.levels.reduce(
    (best, level, index) => (level.bitrate < (hls.levels[best]?.bitrate ?? 0) ? index : best),
    0,
  );
  hls.nextLevel = quality === 'auto' ? -1 : smallest;
}

function piecesOf(hls: Hls): DatedPiece[] {
  const details = hls.latestLevelDetails;
  return (details?.fragments ?? []).flatMap(({ start, duration, programDateTime }) =>
    programDateTime === null
      ? []
      : [{ startSeconds: start, durationSeconds: duration, capturedAt: programDateTime }],
  );
}

function levelOf(hls: Hls): { bitrateBps: number; height: number } | undefined {
  const level = hls.levels[hls.currentLevel];
  return level === undefined ? undefined : { bitrateBps: level.bitrate, height: level.height };
}
