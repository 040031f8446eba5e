import { layout } from './layout.ts';

/** Word before the wall-clock second at which the picture began, in ffmpeg's log. */
export const PICTURE_BEGAN = /^\s*(\d{9,}\.\d+)\s*$/;

/** After a stall up to that long, frames follow at once until they are on time again. */
const CATCH_UP_SECONDS = 60;

/**
 * The filter graph of the demo picture. Frame times are wall-clock seconds, so that clock and product come from the
 * true time of the frame: the first frame takes the server's time and prints it, the others follow at the frame rate,
 * paced right before so that nothing that is slow at the start comes between pace and time.
 * Inputs: 0 the bare rhythm, 1…count the products' cards, then the light and the dot. Output: `[picture]`.
 * Source: https://ffmpeg.org/ffmpeg-filters.html, https://ffmpeg.org/ffmpeg-utils.html#Expression-Evaluation
 */
export function createDemoFilter(cardCount: number): string {
  const { width, height, framesPerSecond, productMs, clock, track } = layout;
  const seconds = productMs / 1_000;
  const now = `if(eq(N,0),st(0,print(time(0),16)),0)*0+ld(0)+N/${framesPerSecond}`;
  const dotX = `${track.x}+${track.width - track.dot}*mod(t,${seconds})/${seconds}`;
  const cards = Array.from({ length: cardCount }, (_, index) => index);
  const before = (index: number): string => (index === 0 ? '[time]' : `[shown${index - 1}]`);
  return [
    `[0:v]realtime=limit=${CATCH_UP_SECONDS},setpts='(${now})/TB'[time]`,
    ...cards.map((index) => `[${index + 1}:v]format=yuv420p[card${index}]`),
    ...cards.map(
      (index) =>
        `${before(index)}[card${index}]overlay=format=yuv420:enable='eq(mod(floor(t/${seconds}),${cardCount}),${index})'[shown${index}]`,
    ),
    `${before(cardCount)}[${cardCount + 1}:v]overlay=format=yuv420:x='${width / 2}-w/2+${width / 3}*sin(t/5)':y='${height / 2}-h/2+${height / 4}*cos(t/7)'[lit]`,
    `[lit][${cardCount + 2}:v]overlay=format=yuv420:x='${dotX}':y=${track.y - track.dot / 2}[dotted]`,
    `[dotted]drawtext=font='Sans\\:bold':fontsize=${clock.fontSize}:fontcolor=white:shadowcolor=black@0.35:shadowx=0:shadowy=2:x=(w-tw)/2:y=${clock.y}:text='${clockText}',setpts=PTS-STARTPTS[picture]`,
  ].join(';');
}

/** Hours, minutes, seconds and tenths in UTC. Each colon is escaped once for every parser that reads it. */
const clockText = '%{pts\\:gmtime\\:0\\:%H\\\\\\:%M\\\\\\:%S}.%{eif\\:mod(floor(t*10)\\,10)\\:d} UTC';
