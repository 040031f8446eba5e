import { Radio } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { holdsRole, useSession } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { FeaturedShow } from './featured-show.tsx';
import { Replays } from './replays.tsx';
import { ShopsOnAir } from './shops-on-air.tsx';
import { ShowTile } from './show-tile.tsx';
import { useLiveShows } from './use-live-shows.ts';

/** What is on air, and what can be watched again. */
export function LobbyPage() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = 'Souk';
  }, []);
  const shows = useLiveShows();
  const list = shows.data?.shows;
  const [first, ...others] = list ?? [];
  return (
    <>
      <header className="mb-6 sm:mb-8">
        <h1 className="text-2xl font-bold sm:text-3xl">{t('lobby.title')}</h1>
        <p className="mt-1 text-text-muted">{t('lobby.lead')}</p>
      </header>
      <ErrorMessage error={list === undefined ? shows.error : null} className="mb-4" />
      {list === undefined && <Skeleton className="aspect-4/5 rounded-large sm:aspect-5/2" />}
      {list?.length === 0 && <NothingOnAir />}
      {first !== undefined && <FeaturedShow show={first} />}
      {others.length > 0 && (
        <ul className="mt-3 grid grid-cols-2 gap-3 sm:mt-5 sm:grid-cols-3 sm:gap-5 lg:grid-cols-4">
          {others.map((show) => (
            <li key={show.id}>
              <ShowTile show={show} />
            </li>
          ))}
        </ul>
      )}
      <Replays />
      {list !== undefined && list.length > 0 && <ShopsOnAir shows={list} />}
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
