import type { UserCard } from '@souk/protocol/http/moderation';
import { isGuestId, type ShowId } from '@souk/protocol/ids';
import { MousePointerClick, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { Badge } from '../../../ui/badge.tsx';
import { KeyHint } from '../../staff/key-hint.tsx';
import type { Armed } from '../../staff/use-armed.ts';
import { DeedButtons } from './deed-buttons.tsx';
import { History } from './history.tsx';
import type { Offer } from './person-acts.ts';
import { ReasonField, type ReasonFieldProps } from './reason-field.tsx';
import type { Subject } from './subject.ts';
import type { UserCardQuery } from './use-user-card.ts';

export interface PersonPanelProps extends ReasonFieldProps {
  showId: ShowId;
  subject: Subject;
  card: UserCardQuery;
  offers: readonly Offer[];
  isCrew: boolean;
  muteSeconds: number;
  onMuteSeconds: (seconds: number) => void;
  armed: Armed;
  onOffer: (offer: Offer) => void;
}

/** Who wrote the chosen message or is reported, what can be done, and what was before. */
export function PersonPanel(props: PersonPanelProps) {
  const { showId, subject, card, offers, isCrew, armed, onOffer, muteSeconds, onMuteSeconds } = props;
  const { t } = useTranslation();
  const takesReason = offers.some(({ act }) => 'reason' in act);
  return (
    <div data-testid="person" className="flex flex-col gap-3">
      <header className="flex flex-col gap-1.5">
        <h2 className="text-lg font-semibold wrap-anywhere">
          <bdi>{subject.person.name}</bdi>
        </h2>
        <Badges subject={subject} card={card.data} />
      </header>
      {subject.text !== null && (
        <blockquote
          dir="auto"
          className="line-clamp-6 shrink-0 rounded-small bg-surface-sunken px-3 py-2 text-sm wrap-anywhere"
        >
          {subject.text}
        </blockquote>
      )}
      {isCrew && (
        <p
          data-testid="untouchable"
          className="flex items-start gap-2 rounded-small bg-success-soft p-3 text-sm text-success-text"
        >
          <ShieldCheck aria-hidden className="size-5 shrink-0" />
          {t('moderation.untouchable')}
        </p>
      )}
      {takesReason && (
        <ReasonField reason={props.reason} onChange={props.onChange} inputRef={props.inputRef} />
      )}
      <DeedButtons
        offers={offers}
        armed={armed}
        muteSeconds={muteSeconds}
        onMuteSeconds={onMuteSeconds}
        onOffer={onOffer}
      />
      <History showId={showId} card={card} />
    </div>
  );
}

function Badges({ subject, card }: { subject: Subject; card: UserCard | undefined }) {
  const { t } = useTranslation();
  const { date, timeOfDay, count } = useFormat();
  const { userId } = subject.person;
  const role = subject.role === 'host' || subject.role === 'moderator' ? subject.role : undefined;
  const mutedUntil = card?.mutedUntil ?? null;
  return (
    <div className="flex min-h-6 flex-wrap gap-1">
      <Badge>{t(`staff.roles.${role ?? (isGuestId(userId) ? 'guest' : 'viewer')}`)}</Badge>
      {card?.isFollowing === true && <Badge>{t('moderation.follows')}</Badge>}
      {card !== undefined && card.orders > 0 && (
        <Badge tone="success">
          {t('moderation.orders', { count: card.orders, shown: count(card.orders) })}
        </Badge>
      )}
      {card !== undefined && (
        <Badge>{t('moderation.messages', { count: card.messages, shown: count(card.messages) })}</Badge>
      )}
      {card !== undefined && card.reports > 0 && (
        <Badge tone="danger">
          {t('moderation.reportCount', { count: card.reports, shown: count(card.reports) })}
        </Badge>
      )}
      {mutedUntil !== null && (
        <Badge tone="danger">{t('moderation.mutedUntil', { time: timeOfDay(mutedUntil) })}</Badge>
      )}
      {card?.isShadowBanned === true && <Badge tone="danger">{t('staff.standings.shadow-banned')}</Badge>}
      {card !== undefined && card.ban !== null && (
        <Badge tone="danger">{t(`moderation.bans.${card.ban}`)}</Badge>
      )}
      {card !== undefined && card.memberSince !== null && (
        <Badge>{t('moderation.memberSince', { date: date(card.memberSince) })}</Badge>
      )}
    </div>
  );
}

/** Says how to begin, where nobody is chosen. */
export function NobodyChosen() {
  const { t } = useTranslation();
  return (
    <div className="m-auto flex flex-col items-center gap-2 py-8 text-center text-sm text-text-muted">
      <MousePointerClick aria-hidden className="size-6" />
      <p>{t('moderation.chooseMessage')}</p>
      <p className="hidden flex-wrap items-center justify-center gap-1 pointer-fine:flex">
        <KeyHint>↑</KeyHint> <KeyHint>↓</KeyHint> {t('moderation.keysMove')}
      </p>
      <p className="hidden items-center gap-1 pointer-fine:flex">
        <KeyHint>?</KeyHint> {t('moderation.keysAll')}
      </p>
    </div>
  );
}
