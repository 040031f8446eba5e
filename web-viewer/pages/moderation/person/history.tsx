import type { UserCard } from '@souk/protocol/http/moderation';
import type { ShowId } from '@souk/protocol/ids';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { deedText } from '../../staff/deed-text.ts';
import type { UserCardQuery } from './use-user-card.ts';

/** What the person said lately, and what was done to them before, in all shows of the shop. */
export function History({ showId, card }: { showId: ShowId; card: UserCardQuery }) {
  const { t } = useTranslation();
  if (card.isError && card.data === undefined) {
    return (
      <ErrorMessage
        error={card.error}
        action={
          <Button size="small" onClick={() => void card.refetch()}>
            {t('common.retry')}
          </Button>
        }
      />
    );
  }
  if (card.data === undefined) return <Skeleton className="h-32 rounded-small" />;
  return (
    <div className="flex flex-col gap-3 text-sm" data-testid="history">
      <Deeds card={card.data} showId={showId} />
      <Said card={card.data} />
    </div>
  );
}

function Deeds({ card, showId }: { card: UserCard; showId: ShowId }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  return (
    <section aria-labelledby="deeds" className="flex flex-col gap-1">
      <h3 id="deeds" className="font-medium text-text-muted">
        {t('moderation.before')}
      </h3>
      {card.deeds.length === 0 && <p className="text-text-muted">{t('moderation.nothingBefore')}</p>}
      <ul className="flex flex-col gap-1.5">
        {card.deeds.map((deed, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a log; rows have no other name, and it is drawn whole
          <li key={`${deed.at}-${index}`} className="leading-5">
            <span className="font-medium">{deedText(deed.action, t)}</span>{' '}
            {deed.reason !== '' && <span dir="auto">“{deed.reason}” </span>}
            <span className="block text-xs text-text-muted">
              <bdi>{deed.actorName}</bdi> · {date(deed.at)}
              {deed.showId !== null && deed.showId !== showId && ` · ${t('moderation.otherShow')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Said({ card }: { card: UserCard }) {
  const { t } = useTranslation();
  const { timeOfDay } = useFormat();
  if (card.recentMessages.length === 0) return null;
  return (
    <section aria-labelledby="said" className="flex flex-col gap-1">
      <h3 id="said" className="font-medium text-text-muted">
        {t('moderation.alsoSaid')}
      </h3>
      <ul className="flex flex-col gap-1">
        {card.recentMessages.map((message) => (
          <li key={message.messageId} className="leading-5 wrap-anywhere">
            <time className="figures me-1.5 text-xs text-text-muted">{timeOfDay(message.at)}</time>
            <span dir="auto">{message.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
