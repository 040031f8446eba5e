import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { Radio } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, holdsRole, useSession } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ShowTile } from './show-tile.tsx';

const LOOK_MS = 5_000;
const gridClass = 'grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-5 lg:grid-cols-4';

/** What is on air. */
export function LobbyPage() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = 'Souk';
  }, []);
  const shows = useQuery({
    queryKey: ['shows', 'live'],
    queryFn: ({ signal }) => api.call('show:list', { query: { scope: 'live' } }, { signal }),
    refetchInterval: LOOK_MS,
  });
  const list = shows.data?.shows;
  return (
    <>
      <header className="mb-6 sm:mb-8">
        <h1 className="text-2xl font-bold sm:text-3xl">{t('lobby.title')}</h1>
        <p className="mt-1 text-text-muted">{t('lobby.lead')}</p>
      </header>
      <ErrorMessage error={list === undefined ? shows.error : null} className="mb-4" />
      {list === undefined && (
        <div className={gridClass}>
          {['a', 'b', 'c', 'd'].map((key) => (
            <Skeleton
              key={key}
              className={clsx(
                'rounded-large',
                key === 'a' ? 'col-span-2 aspect-4/5 sm:row-span-2 sm:aspect-auto' : 'aspect-3/4',
              )}
            />
          ))}
        </div>
      )}
      {list?.length === 0 && <NothingOnAir />}
      {list !== undefined && list.length > 0 && (
        <ul className={gridClass}>
          {list.map((show, index) => (
            <li key={show.id} className={clsx(index === 0 && 'col-span-2 sm:row-span-2')}>
              <ShowTile show={show} featured={index === 0} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function NothingOnAir() {
  const { t } = useTranslation();
  const mayHost = holdsRole(useSession(), 'host', 'merchant', 'admin');
  return (
    <EmptyState
      icon={<Radio />}
      title={t('lobby.emptyTitle')}
      text={t('lobby.emptyText')}
      action={
        <Button asChild variant="solid">
          <Link to={mayHost ? '/studio' : '/login?next=/studio'}>{t('lobby.openStudio')}</Link>
        </Button>
      }
    />
  );
}
