import type { Merchant } from '@souk/protocol/http/desk';
import { type Path, useOutletContext, useSearchParams } from 'react-router';

/** What every tab of the desk knows. */
export interface DeskContext {
  readonly merchant: Merchant;
}

/** The shop whose desk this is. */
export function useDesk(): DeskContext {
  return useOutletContext<DeskContext>();
}

/** Makes links within the desk; they stay with the shop that was chosen. `query` is added to the address. */
export function useDeskLink(): (path: string, query?: Readonly<Record<string, string>>) => Partial<Path> {
  const [params] = useSearchParams();
  const shop = params.get('shop');
  return (path, query = {}) => {
    const search = new URLSearchParams({ ...(shop === null ? {} : { shop }), ...query });
    return { pathname: `/desk/${path}`, search: search.size > 0 ? `?${search}` : '' };
  };
}
