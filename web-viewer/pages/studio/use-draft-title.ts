import type { ShowId } from '@souk/protocol/ids';
import { useEffect, useMemo, useState } from 'react';
import { api } from '../../api/session.ts';
import { createLatestSaver } from './latest-saver.ts';

export interface DraftTitle {
  readonly value: string;
  readonly error: unknown;
  change(text: string): void;
  /** Saves what was typed, if anything; an empty text gives way to the present title. Rejects with ApiError. */
  save(): Promise<void>;
}

/** The title of a show while its host types another. `title` is the present one, as everybody sees it. */
export function useDraftTitle(showId: ShowId, title: string): DraftTitle {
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const saver = useMemo(
    () =>
      createLatestSaver(async (text: string) => {
        await api.call('show:rename', { params: { showId }, body: { title: text } });
      }),
    [showId],
  );
  // What was saved comes back through the timeline; until then the field keeps what was typed.
  useEffect(() => setTyped((text) => (text === title ? null : text)), [title]);
  return {
    value: typed ?? title,
    error,
    change: setTyped,
    async save() {
      const text = typed?.trim() ?? '';
      // The former title, typed again, is sent too: another one may be on its way.
      setTyped(text === '' || text === title ? null : text);
      if (text === '') return saver.settled();
      try {
        await saver.save(text);
        setError(null);
      } catch (failure) {
        setError(failure);
        throw failure;
      }
    },
  };
}
