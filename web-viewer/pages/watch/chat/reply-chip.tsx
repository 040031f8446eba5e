import type { ReplyTo } from '@souk/protocol/chat';
import { clsx } from 'clsx';
import { CornerDownRight, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../ui/icon-button.tsx';
import { setReplyTo } from './chat-store.ts';

/** Whom the next message answers, and the way out of it. */
export function ReplyChip({ replyTo, place }: { replyTo: ReplyTo; place: 'stage' | 'column' }) {
  const { t } = useTranslation();
  return (
    <div
      data-testid="reply-chip"
      className={clsx(
        'flex animate-rise items-center gap-2 rounded-small ps-3 text-sm',
        place === 'stage' ? 'glass on-stage' : 'bg-surface-hover',
      )}
    >
      <CornerDownRight aria-hidden className="size-4 shrink-0 rtl:-scale-x-100" />
      <span className="min-w-0 flex-1 truncate">{t('chat.replyingTo', { name: replyTo.name })}</span>
      <IconButton
        label={t('chat.noReply')}
        icon={<X className="size-4" />}
        className={clsx(place === 'stage' && 'text-on-stage hover:bg-stage/60')}
        onClick={() => setReplyTo(null)}
      />
    </div>
  );
}
