import type { HlsPlayer, HlsPlayerOptions } from './hls-player.ts';

/** Safari knows the date of the first picture of a playlist. */
interface DatedVideo extends HTMLVideoElement {
  getStartDate?(): Date;
}

/** Plays a playlist by the browser's own means; it chooses the version itself. */
export function playNatively({ video, url, onFault }: HlsPlayerOptions): HlsPlayer {
  const dated: DatedVideo = video;
  if (video.canPlayType('application/vnd.apple.mpegurl') === '') {
    queueMicrotask(() => onFault('unsupported'));
  }
  const fail = (): void => onFault('media');
  video.addEventListener('error', fail);
  video.src = url;
  const capturedAt = (mediaTime: number): number | undefined => {
    const startsAt = dated.getStartDate?.().getTime();
    return startsAt === undefined || Number.isNaN(startsAt) ? undefined : startsAt + mediaTime * 1_000;
  };
  return {
    shownAt: () => capturedAt(video.currentTime),
    capturedAt,
    pieces: () => [],
    level: () => undefined,
    setQuality: () => undefined,
    destroy: () => {
      video.removeEventListener('error', fail);
      video.removeAttribute('src');
      video.load();
    },
  };
}
