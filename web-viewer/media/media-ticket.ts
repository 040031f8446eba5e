import type { MediaTicket } from '@souk/protocol/http/media';

/** Fetches a fresh ticket for the same person and show. Rejects when there is none any more. */
export type RefreshTicket = () => Promise<MediaTicket>;

export interface TicketKeeper {
  /** The ticket to show now. */
  current(): MediaTicket;
  /** Fetches another one; calls at the same time share one request. */
  renew(): Promise<MediaTicket>;
}

/** Keeps the newest ticket, since a show may last longer than a ticket is valid. */
export function createTicketKeeper(first: MediaTicket, refresh: RefreshTicket): TicketKeeper {
  let ticket = first;
  let pending: Promise<MediaTicket> | undefined;
  const fetchOnce = async (): Promise<MediaTicket> => {
    try {
      ticket = await refresh();
      return ticket;
    } finally {
      pending = undefined;
    }
  };
  return {
    current: () => ticket,
    renew: () => {
      pending ??= fetchOnce();
      return pending;
    },
  };
}
