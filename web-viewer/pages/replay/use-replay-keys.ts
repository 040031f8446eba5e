import { useEffect } from 'react';
import type { Playback } from './use-playback.ts';

const SKIP_SECONDS = 10;

/** Space plays and pauses, J and L go ten seconds; where somebody types or presses a button, the key is theirs. */
export function useReplayKeys({ toggle, skip }: Playback): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTaken =
        event.target instanceof Element && event.target.closest('button, a, input, [role=slider]') !== null;
      if (isTaken || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === ' ' || event.key === 'k') toggle();
      else if (event.key === 'j') skip(-SKIP_SECONDS);
      else if (event.key === 'l') skip(SKIP_SECONDS);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [toggle, skip]);
}
