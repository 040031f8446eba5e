import { useMemo } from 'react';
import { useStore } from 'zustand';
import { sendAct } from './acts.ts';
import { createDeeds, type Deed, type Deeds, deletedIds, handledIds } from './deeds.ts';

/** The acts of this page. */
export function useDeeds(): Deeds {
  return useMemo(() => createDeeds({ send: sendAct, now: () => performance.now() }), []);
}

export function useDeedList(deeds: Deeds): readonly Deed[] {
  return useStore(deeds.store, (state) => state.deeds);
}

/** Ids of messages and reports that were dealt with on this page a moment ago. */
export function useHandled(deeds: Deeds): ReadonlySet<string> {
  const list = useDeedList(deeds);
  return useMemo(() => handledIds(list), [list]);
}

/** Ids of messages that were deleted on this page a moment ago. */
export function useDeleted(deeds: Deeds): ReadonlySet<string> {
  const list = useDeedList(deeds);
  return useMemo(() => deletedIds(list), [list]);
}
