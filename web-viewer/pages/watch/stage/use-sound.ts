import { type RefObject, useCallback, useEffect, useState } from 'react';

export interface Sound {
  readonly muted: boolean;
  unmute(): void;
  mute(): void;
}

/** Starts the picture with sound where the browser allows that, else silent until the viewer asks for sound. */
export function useSound(video: RefObject<HTMLVideoElement | null>): Sound {
  const [muted, setMuted] = useState(false);

  const apply = useCallback(
    (next: boolean) => {
      setMuted(next);
      const element = video.current;
      if (element === null) return;
      element.muted = next;
      // Refused only without a press before it, and then the picture runs silent already.
      element.play().catch(() => undefined);
    },
    [video],
  );

  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    const start = () => {
      if (!element.paused) return;
      element.play().catch((error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') apply(true);
      });
    };
    element.addEventListener('loadedmetadata', start);
    return () => element.removeEventListener('loadedmetadata', start);
  }, [video, apply]);

  return { muted, unmute: () => apply(false), mute: () => apply(true) };
}
