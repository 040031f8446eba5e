import type { MediaTicket } from '@souk/protocol/http/media';
import type { ShowId } from '@souk/protocol/ids';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { createMediaApi } from '../../../media/media-api.ts';
import { createTicketKeeper, type RefreshTicket } from '../../../media/media-ticket.ts';
import { megabits } from '../health-line.tsx';

const EVERY_MS = 5_000;

export interface MediaFiguresLineProps {
  showId: ShowId;
  ticket: MediaTicket;
  refreshTicket: RefreshTicket;
}

/** How many watch by which way, and how much goes out to them, as the media server sees it. */
export function MediaFiguresLine({ showId, ticket, refreshTicket }: MediaFiguresLineProps) {
  const { t } = useTranslation();
  const { locale, count } = useFormat();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer ticket is fetched by the keeper when it is needed
  const api = useMemo(() => createMediaApi(createTicketKeeper(ticket, refreshTicket)), [refreshTicket]);
  const figures = useQuery({
    queryKey: ['media-figures', showId],
    queryFn: () => api.figures(showId),
    refetchInterval: EVERY_MS,
  });
  if (figures.data === undefined) return null;
  const { watchers, outgoingBps } = figures.data;
  return (
    <p data-testid="media-figures" className="figures text-xs text-text-muted">
      {t('broadcast.watchers', { direct: count(watchers.webrtc), backup: count(watchers.hls) })} ·{' '}
      {t('broadcast.outgoing', { mbps: megabits(outgoingBps, locale) })}
    </p>
  );
}
