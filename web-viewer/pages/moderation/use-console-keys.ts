import type { ShowCard } from '@souk/protocol/http/shows';
import type { SaleState } from '@souk/protocol/timeline/state';
import type { RefObject } from 'react';
import { useNavigate } from 'react-router';
import type { Deeds } from '../staff/acts/deeds.ts';
import { type Hotkeys, useHotkeys } from '../staff/use-hotkeys.ts';
import { deedKeys } from './person/person-acts.ts';
import type { FollowedShow } from './shows/followed-shows.ts';
import { stopSaleKey } from './shows/sale-stops.tsx';
import { SHOW_KEYS } from './shows/show-list.tsx';
import type { ConsoleState } from './use-console.ts';
import type { Stopping } from './use-stopping.ts';

export interface ConsoleKeysOptions {
  readonly state: ConsoleState;
  readonly deeds: Deeds;
  readonly stopping: Stopping;
  readonly sales: readonly SaleState[];
  readonly shows: readonly ShowCard[];
  readonly show: FollowedShow;
  readonly composer: RefObject<HTMLInputElement | null>;
  readonly reasonField: RefObject<HTMLInputElement | null>;
  readonly setAnnouncing: (isAnnouncing: boolean) => void;
  readonly setHelpOpen: (isOpen: boolean) => void;
}

/** One key for each thing that the console can do. */
export function useConsoleKeys(options: ConsoleKeysOptions): void {
  const { state, deeds, stopping, sales, composer, reasonField, setAnnouncing, setHelpOpen } = options;
  const write = (isAnnouncement: boolean): void => {
    setAnnouncing(isAnnouncement);
    composer.current?.focus();
  };
  const [sale] = sales;
  useHotkeys({
    ...useShowKeys(options),
    ...moveKeys(state),
    Escape: () => {
      if (stopping.grace.dueAt === null) state.letGo();
      else stopping.grace.keepGoing();
    },
    ...Object.fromEntries(
      state.offers.map((offer) => [deedKeys[offer.name], () => state.offer(offer)] as const),
    ),
    t: state.nextSpan,
    q: state.nextReason,
    y: () => reasonField.current?.focus(),
    z: () => {
      if (stopping.grace.dueAt === null) deeds.undoLast();
      else stopping.grace.keepGoing();
    },
    i: () => write(false),
    w: () => write(true),
    f: stopping.grace.start,
    '?': () => setHelpOpen(true),
    ...(sale === undefined
      ? {}
      : {
          s: () => state.armed.press(stopSaleKey(sale), () => state.stopSale(sale.saleId)),
        }),
  });
}

function moveKeys({ move, choose, waiting }: ConsoleState): Hotkeys {
  return {
    ArrowDown: () => move(1),
    j: () => move(1),
    ArrowUp: () => move(-1),
    k: () => move(-1),
    g: () => choose(waiting[0]?.key),
  };
}

function useShowKeys({ shows, show }: ConsoleKeysOptions): Hotkeys {
  const navigate = useNavigate();
  const open = (target: ShowCard | undefined): void => {
    if (target !== undefined && target.id !== show.showId) void navigate(`/moderate/${target.id}`);
  };
  const index = shows.findIndex(({ id }) => id === show.showId);
  const digits = shows
    .slice(0, SHOW_KEYS)
    .map((each, place) => [String(place + 1), () => open(each)] as const);
  return { ...Object.fromEntries(digits), n: () => open(shows[(index + 1) % Math.max(1, shows.length)]) };
}
