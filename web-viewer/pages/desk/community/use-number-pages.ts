import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';

export interface NumberPagesOptions<Page> {
  readonly queryKey: QueryKey;
  readonly load: (before: number | undefined, signal: AbortSignal) => Promise<Page>;
}

/** A list, newest first, that comes page by page, each before the number that the former named. */
export function useNumberPages<Page extends { readonly next: number | null }>({
  queryKey,
  load,
}: NumberPagesOptions<Page>) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => load(pageParam, signal),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

function firstPage(): number | undefined {
  return undefined;
}
