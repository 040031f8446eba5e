import type { ChatMessage } from '@souk/protocol/timeline/state';
import { Ban, Pin, Trash2, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ShowFeed } from '../../../api/show-feed.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import type { Act } from '../acts/acts.ts';
import { MuteControl } from '../mute-control.tsx';
import { useIsCrew, useStanding } from './use-standing.ts';

export interface ChosenMessageProps {
  feed: ShowFeed;
  message: ChatMessage;
  isDeleted: boolean;
  perform: (act: Act) => void;
  onClose: () => void;
}

/** What can be done about the chosen message, in one line; the console has the rest. */
export function ChosenMessage({ feed, message, isDeleted, perform, onClose }: ChosenMessageProps) {
  const { t } = useTranslation();
  const isCrew = useIsCrew(feed)(message.userId, message.role);
  const standing = useStanding(feed)(message.userId);
  const { messageId, userId, name } = message;
  const person = { userId, name };
  return (
    <div
      data-testid="chosen-message"
      className="flex flex-wrap items-center gap-1 rounded-small bg-surface-sunken p-1"
    >
      {!isDeleted && (
        <>
          <IconButton
            size="small"
            data-testid="pin-message"
            label={t('staff.pinMessage')}
            icon={<Pin className="size-4" />}
            onClick={() => perform({ kind: 'pin', messageId })}
          />
          <Button
            size="small"
            variant="danger-soft"
            data-testid="delete-chosen"
            onClick={() => perform({ kind: 'delete', messageId })}
          >
            <Trash2 aria-hidden className="size-4" />
            {t('staff.delete')}
          </Button>
        </>
      )}
      {!isCrew && (
        <>
          <MuteControl person={person} perform={perform} />
          <Button
            size="small"
            variant={standing === 'banned' ? 'outline' : 'danger-soft'}
            data-testid="ban-chosen"
            onClick={() =>
              perform(
                standing === 'banned'
                  ? { kind: 'unban', person }
                  : { kind: 'ban', scope: 'show', person, reason: '' },
              )
            }
          >
            <Ban aria-hidden className="size-4" />
            {t(standing === 'banned' ? 'moderation.acts.unban' : 'staff.ban')}
          </Button>
        </>
      )}
      <IconButton
        size="small"
        className="ms-auto"
        label={t('common.close')}
        icon={<X className="size-4" />}
        onClick={onClose}
      />
    </div>
  );
}
