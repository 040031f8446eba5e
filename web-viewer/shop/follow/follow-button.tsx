import type { MerchantId } from '@souk/protocol/ids';
import { clsx } from 'clsx';
import { Star } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { errorCodeOf } from '../../api/api-error.ts';
import { isGuest, useSession } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useFollow, useStanding } from './use-standing.ts';

export interface FollowButtonProps {
  merchantId: MerchantId;
  /** A star alone, on the picture or on the page, or a button with words. */
  look: 'star' | 'star-glass' | 'words';
  className?: string;
}

/** Follows a shop, and stops to; guests are led to the log-in, and come back here. */
export function FollowButton({ merchantId, look, className }: FollowButtonProps) {
  const { t } = useTranslation();
  const session = useSession();
  const { pathname } = useLocation();
  const standing = useStanding(merchantId);
  const follow = useFollow(merchantId);
  const isFollowing = standing?.isFollowing ?? false;
  const label = isFollowing ? t('follow.stop') : t('follow.start');
  const icon = <Star aria-hidden className={clsx('size-5', isFollowing && 'fill-current text-accent')} />;
  const given = className === undefined ? {} : { className };
  if (isGuest(session)) {
    const to = `/login?next=${encodeURIComponent(pathname)}`;
    if (look === 'words') {
      return (
        <Button asChild variant="outline" {...given}>
          <Link to={to}>
            {icon}
            {t('follow.logIn')}
          </Link>
        </Button>
      );
    }
    return (
      <Link
        to={to}
        aria-label={t('follow.logIn')}
        title={t('follow.logIn')}
        className={clsx(
          'grid size-11 shrink-0 place-items-center rounded-full',
          look === 'star-glass' ? 'glass' : 'hover:bg-surface-hover',
          className,
        )}
      >
        {icon}
      </Link>
    );
  }
  const common = {
    'data-testid': 'follow',
    'aria-pressed': isFollowing,
    disabled: standing === undefined || follow.isPending,
    onClick: () =>
      follow.mutate(!isFollowing, {
        onError: (error) => showToast(t(`errors.${errorCodeOf(error)}`), { tone: 'danger' }),
      }),
    ...given,
  } as const;
  if (look === 'words') {
    return (
      <Button variant={isFollowing ? 'outline' : 'solid'} {...common}>
        {icon}
        {isFollowing ? t('follow.following') : t('follow.start')}
      </Button>
    );
  }
  return <IconButton label={label} icon={icon} variant={look === 'star' ? 'plain' : 'glass'} {...common} />;
}
