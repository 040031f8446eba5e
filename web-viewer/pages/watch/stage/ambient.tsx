import { clsx } from 'clsx';
import { type RefObject, useEffect, useRef } from 'react';

const EVERY_MS = 700;
const WIDTH = 24;
const HEIGHT = 14;

export interface AmbientProps {
  video: RefObject<HTMLVideoElement | null>;
  className?: string;
}

/** The picture's own light behind it: a few pixels, drawn seldom, blurred. It costs next to nothing. */
export function Ambient({ video, className }: AmbientProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d', { alpha: false });
    if (context === null || context === undefined) return;
    const timer = window.setInterval(() => {
      const element = video.current;
      if (document.hidden || element === null || element.readyState < element.HAVE_CURRENT_DATA) return;
      context.drawImage(element, 0, 0, WIDTH, HEIGHT);
    }, EVERY_MS);
    return () => window.clearInterval(timer);
  }, [video]);
  return (
    <canvas
      ref={canvas}
      aria-hidden
      width={WIDTH}
      height={HEIGHT}
      className={clsx(
        'pointer-events-none absolute inset-0 size-full scale-110 opacity-60 blur-2xl',
        className,
      )}
    />
  );
}
