import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';

export interface PagesOptions<Page> {
  readonly queryKey: QueryKey;
  readonly load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page>;
  readonly refetchIntervalMs?: number;
}

/** A list that comes page by page. What was there stays in sight while another search is under way. */
export function usePages<Page extends { readonly nextCursor: string | null }>(options: PagesOptions<Page>) {
  const { queryKey, load, refetchIntervalMs } = options;
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: refetchIntervalMs ?? false,
  });
}

function firstPage(): string | undefined {
  return undefined;
}
