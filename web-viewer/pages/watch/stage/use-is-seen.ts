import { useSyncExternalStore } from 'react';

const changes = ['visibilitychange', 'enterpictureinpicture', 'leavepictureinpicture'];

/** True while somebody can see the picture: the page is in sight, or its picture is in a window of its own. */
export function useIsSeen(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      for (const change of changes) document.addEventListener(change, onChange);
      return () => {
        for (const change of changes) document.removeEventListener(change, onChange);
      };
    },
    () => !document.hidden || document.pictureInPictureElement != null,
  );
}
