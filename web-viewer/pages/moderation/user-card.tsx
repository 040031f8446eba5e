import { isGuestId } from '@souk/protocol/ids';
import type { ChatMessage } from '@souk/protocol/timeline/state';
import { MicOff, Trash2, UserRound, Volume2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { useServerNow } from '../../ui/use-server-now.ts';
import { KeyHint } from '../staff/key-hint.tsx';
import { muteSpans } from '../staff/mute-spans.ts';
import type { Moderation } from '../staff/use-moderation.ts';

const RECENT = 6;

export interface UserCardProps {
  feed: ShowFeed;
  /** The chosen message; its author is shown. */
  message: ChatMessage | undefined;
  moderation: Moderation;
}

/** Who wrote the chosen message, what else they said, and what can be done. */
export function UserCard({ feed, message, moderation }: UserCardProps) {
  const { t } = useTranslation();
  return (
    <aside
      aria-label={t('moderation.person')}
      className="flex min-h-0 flex-col gap-4 overflow-y-auto rounded-large border border-line bg-surface-raised p-4"
    >
      {message === undefined ? (
        <NobodyChosen />
      ) : (
        <Person feed={feed} message={message} moderation={moderation} />
      )}
    </aside>
  );
}

function NobodyChosen() {
  const { t } = useTranslation();
  return (
    <div className="m-auto flex flex-col items-center gap-2 py-8 text-center text-sm text-text-muted">
      <UserRound aria-hidden className="size-6" />
      <p>{t('moderation.chooseMessage')}</p>
      <p className="hidden items-center gap-1 pointer-fine:flex">
        <KeyHint>↑</KeyHint> <KeyHint>↓</KeyHint> {t('moderation.keysMove')}
      </p>
    </div>
  );
}

function Person({ feed, message, moderation }: UserCardProps & { message: ChatMessage }) {
  const { t } = useTranslation();
  const { timeOfDay, count } = useFormat();
  const chat = useFeed(feed, (state) => state.show.chat);
  const mutedUntil = useFeed(feed, (state) => state.show.mutes[message.userId] ?? 0);
  const isMuted = mutedUntil > useServerNow(1_000);
  const said = chat.filter(({ userId }) => userId === message.userId);
  const isCrew = message.role === 'host' || message.role === 'moderator';
  return (
    <>
      <header className="flex flex-col gap-1">
        <h2 className="text-lg font-semibold wrap-anywhere">{message.name}</h2>
        <div className="flex flex-wrap gap-1.5">
          <Badge>{t(`staff.roles.${isGuestId(message.userId) ? 'guest' : message.role}`)}</Badge>
          <Badge>{t('moderation.messages', { count: said.length, shown: count(said.length) })}</Badge>
          {isMuted && (
            <Badge tone="danger">{t('moderation.mutedUntil', { time: timeOfDay(mutedUntil) })}</Badge>
          )}
        </div>
      </header>
      <blockquote dir="auto" className="rounded-small bg-surface-sunken p-3 text-sm wrap-anywhere">
        {message.text}
      </blockquote>
      <div className="flex flex-col gap-2">
        <Button variant="danger-soft" onClick={() => moderation.deleteMessage(message.messageId)}>
          <Trash2 aria-hidden className="size-4" />
          {t('moderation.delete')}
          <KeyHint>D</KeyHint>
        </Button>
        {!isCrew && !isMuted && (
          <Button onClick={() => moderation.mute(message)}>
            <MicOff aria-hidden className="size-4" />
            {t('moderation.mute')}
            <KeyHint>M</KeyHint>
          </Button>
        )}
        {isMuted && (
          <Button variant="outline" onClick={() => moderation.unmute(message)}>
            <Volume2 aria-hidden className="size-4" />
            {t('moderation.unmute')}
            <KeyHint>U</KeyHint>
          </Button>
        )}
        {!isCrew && (
          <div className="flex flex-wrap gap-1">
            {muteSpans.map(({ name, seconds }) => (
              <Button
                key={name}
                size="small"
                variant="outline"
                onClick={() => moderation.mute(message, seconds)}
              >
                {t(`staff.muteSpans.${name}`)}
              </Button>
            ))}
          </div>
        )}
      </div>
      <section className="flex flex-col gap-1 text-sm">
        <h3 className="font-medium text-text-muted">{t('moderation.alsoSaid')}</h3>
        <ul className="flex flex-col gap-1">
          {said.slice(-RECENT).map((each) => (
            <li key={each.messageId} dir="auto" className="truncate">
              {each.text}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
