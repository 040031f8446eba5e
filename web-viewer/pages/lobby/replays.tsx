import { useTranslation } from 'react-i18next';
import { ReplayTile } from './replay-tile.tsx';
import { useReplays } from './use-replays.ts';

/** More would bury the shops. */
const MOST_TILES = 8;

/** Shows that are over and can be watched again; nothing while there is none. */
export function Replays() {
  const { t } = useTranslation();
  const { data } = useReplays();
  const shows = data?.shows.slice(0, MOST_TILES) ?? [];
  if (shows.length === 0) return null;
  return (
    <section className="mt-8 sm:mt-10">
      <h2 className="mb-3 text-lg font-semibold">{t('lobby.replays')}</h2>
      <ul className="grid grid-cols-2 gap-x-3 gap-y-5 sm:grid-cols-3 sm:gap-x-5 lg:grid-cols-4">
        {shows.map((show) => (
          <li key={show.id} className="min-w-0">
            <ReplayTile show={show} />
          </li>
        ))}
      </ul>
    </section>
  );
}
