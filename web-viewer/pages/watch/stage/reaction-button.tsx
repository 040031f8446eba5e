import type { ShowId } from '@souk/protocol/ids';
import { reactionEmojis } from '@souk/protocol/limits';
import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ignoreRefusal } from '../../../api/api-error.ts';
import { hub } from '../../../api/hub.ts';

const TRAY_MS = 4_000;
const buttonClass =
  'grid size-11 place-items-center rounded-full text-xl transition-transform active:scale-125';
const [heart, ...others] = reactionEmojis;

/** One press sends a heart and shows the other reactions for a while. */
export function ReactionButton({ showId, place }: { showId: ShowId; place: 'stage' | 'column' }) {
  const { t } = useTranslation();
  const [openedAt, setOpenedAt] = useState<number>();
  useEffect(() => {
    if (openedAt === undefined) return;
    const timer = window.setTimeout(() => setOpenedAt(undefined), TRAY_MS);
    return () => window.clearTimeout(timer);
  }, [openedAt]);
  const send = (emoji: (typeof reactionEmojis)[number]) => {
    setOpenedAt(Date.now());
    // A reaction that is lost or too fast is not worth a word.
    hub.send('reaction:send', { showId, emoji }).catch(ignoreRefusal);
  };
  return (
    <div className="relative">
      {openedAt !== undefined && (
        <div className="absolute end-full bottom-0 z-10 me-2 flex animate-rise rounded-full bg-surface-raised text-text shadow-float">
          {others.map((emoji) => (
            <button
              key={emoji}
              type="button"
              aria-label={t('watch.reactWith', { emoji })}
              onClick={() => send(emoji)}
              className={buttonClass}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
      <button
        type="button"
        aria-label={t('watch.react')}
        title={t('watch.react')}
        onClick={() => send(heart)}
        className={clsx(buttonClass, 'text-live', place === 'stage' ? 'glass' : 'bg-surface-hover')}
      >
        {heart}
      </button>
    </div>
  );
}
