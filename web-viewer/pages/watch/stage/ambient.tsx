import { clsx } from 'clsx';
import { type RefObject, useEffect, useRef } from 'react';

const EVERY_MS = 700;
const WIDTH = 24;
const HEIGHT = 14;
/** In pixels of the small canvas: one of them is as wide as some fifty of the page. */
const SOFT_PX = 1;

export interface AmbientProps {
  video: RefObject<HTMLVideoElement | null>;
  className?: string;
}

/**
 * The picture's own light behind it: a few pixels, drawn seldom, blurred. It costs next to nothing, since the blur is
 * drawn with them: as a style of the page it would be worked out anew for each frame of the video.
 */
export function Ambient({ video, className }: AmbientProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d', { alpha: false });
    if (context === null || context === undefined) return;
    context.filter = `blur(${SOFT_PX}px)`;
    const timer = window.setInterval(() => {
      const element = video.current;
      if (document.hidden || element === null || element.readyState < element.HAVE_CURRENT_DATA) return;
      // A little larger than the canvas, so that nothing dark is blurred in from beyond the edge.
      context.drawImage(element, -SOFT_PX, -SOFT_PX, WIDTH + 2 * SOFT_PX, HEIGHT + 2 * SOFT_PX);
    }, EVERY_MS);
    return () => window.clearInterval(timer);
  }, [video]);
  return (
    <canvas
      ref={canvas}
      aria-hidden
      width={WIDTH}
      height={HEIGHT}
      className={clsx('pointer-events-none absolute inset-0 size-full scale-110 opacity-60', className)}
    />
  );
}
