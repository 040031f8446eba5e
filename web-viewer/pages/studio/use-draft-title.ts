import type { ShowId } from '@souk/protocol/ids';
import { useEffect, useMemo, useState } from 'react';
import { api } from '../../api/session.ts';
import { createLatestSaver } from './latest-saver.ts';

export interface DraftTitle {
  readonly value: string;
  readonly error: unknown;
  change(text: string): void;
  /** Saves what was typed, if anything; an empty text gives way to the present title. A failure stands in `error`. */
  save(): void;
  /** Saves, and settles when the server has it. Rejects with ApiError, which stands in `error` too. */
  settle(): Promise<void>;
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
  const send = async (): Promise<void> => {
    const text = typed?.trim() ?? '';
    // The former title, typed again, is sent too: another one may be on its way.
    setTyped(text === '' || text === title ? null : text);
    if (text !== '') return saver.save(text).then(() => setError(null));
    await saver.settled();
  };
  return {
    value: typed ?? title,
    error,
    change: setTyped,
    save: () => void send().catch(setError),
    async settle() {
      try {
        await send();
      } catch (failure) {
        setError(failure);
        throw failure;
      }
    },
  };
}
