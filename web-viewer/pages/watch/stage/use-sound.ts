import { type RefObject, useCallback, useEffect, useState } from 'react';
import type { WatchSurfaces, WatchTier } from '../../../media/watch/watch-session.ts';

export interface Sound {
  readonly muted: boolean;
  unmute(): void;
  mute(): void;
}

const tiers = ['webrtc', 'hls'] as const satisfies readonly WatchTier[];

/**
 * Starts the picture with sound where the browser allows that, else silent until the viewer asks for sound.
 * Of the two elements only the one in sight is heard.
 */
export function useSound(surfaces: RefObject<WatchSurfaces>, shown: WatchTier): Sound {
  const [muted, setMuted] = useState(false);

  useEffect(() => {
    const start = (tier: WatchTier): void => {
      const element = surfaces.current[tier];
      if (element === null) return;
      element.muted = muted || tier !== shown;
      // Refused without a press before it: then the picture runs silent until one comes.
      element.play().catch((error: unknown) => {
        if (tier === shown && error instanceof DOMException && error.name === 'NotAllowedError') {
          setMuted(true);
        }
      });
    };
    const stops = tiers.map((tier) => {
      const element = surfaces.current[tier];
      const onLoaded = (): void => start(tier);
      element?.addEventListener('loadedmetadata', onLoaded);
      if (element !== null && element.readyState > 0) start(tier);
      return () => element?.removeEventListener('loadedmetadata', onLoaded);
    });
    return () => {
      for (const stop of stops) stop();
    };
  }, [surfaces, shown, muted]);

  const apply = useCallback(
    (next: boolean) => {
      setMuted(next);
      // Within the press itself: some browsers let only that start a sound.
      const element = surfaces.current[shown];
      if (element === null) return;
      element.muted = next;
      element.play().catch(() => undefined);
    },
    [surfaces, shown],
  );
  return { muted, unmute: () => apply(false), mute: () => apply(true) };
}
