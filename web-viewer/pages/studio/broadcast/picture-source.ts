import { useCallback, useState } from 'react';
import { useFeed } from '../../../api/hub.ts';
import type { ShowFeed } from '../../../api/show-feed.ts';

/** What sends the picture: this page, or an encoder such as OBS. */
export const pictureSources = ['page', 'encoder'] as const;
export type PictureSourceChoice = (typeof pictureSources)[number];

const STORAGE_KEY = 'souk.picture-source';

export interface SourceChoice {
  readonly source: PictureSourceChoice;
  /** The encoder sends, so that there is nothing to choose. */
  readonly isEncoderSending: boolean;
  choose(source: PictureSourceChoice): void;
}

/** The host's choice, kept for the next time; an encoder that sends decides by itself. */
export function usePictureSource(feed: ShowFeed): SourceChoice {
  const [chosen, setChosen] = useState(readChoice);
  const isEncoderSending = useFeed(
    feed,
    ({ show }) => show.stream.kind === 'on' && show.stream.source === 'encoder',
  );
  const choose = useCallback((source: PictureSourceChoice) => {
    setChosen(source);
    try {
      localStorage.setItem(STORAGE_KEY, source);
    } catch {
      // A browser that keeps nothing asks again next time.
    }
  }, []);
  return { source: isEncoderSending ? 'encoder' : chosen, isEncoderSending, choose };
}

function readChoice(): PictureSourceChoice {
  try {
    return localStorage.getItem(STORAGE_KEY) === 'encoder' ? 'encoder' : 'page';
  } catch {
    return 'page';
  }
}
