import type { ShowView } from '@souk/protocol/http/shows';
import type { SaleId } from '@souk/protocol/ids';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import { useServerNow } from '../../ui/use-server-now.ts';
import type { Act } from '../staff/acts/acts.ts';
import type { Deeds } from '../staff/acts/deeds.ts';
import { useDeleted, useHandled } from '../staff/acts/use-deeds.ts';
import { type Standing, useIsCrew } from '../staff/messages/use-standing.ts';
import type { StillMessages } from '../staff/messages/use-still.ts';
import { defaultMuteSeconds, muteSpans } from '../staff/mute-spans.ts';
import { useArmed } from '../staff/use-armed.ts';
import { neighbourOf, nextWaiting } from './neighbour-of.ts';
import { dangerousDeeds, type Offer, offersOf, settlesReport } from './person/person-acts.ts';
import { quickReasons } from './person/reason-field.tsx';
import type { FollowedShow } from './shows/followed-shows.ts';
import type { StopReason } from './use-stopping.ts';
import { useSubject } from './use-subject.ts';
import { type Waiting, waitingOf } from './waiting/waiting.ts';

export interface ConsoleOptions {
  readonly view: ShowView;
  readonly show: FollowedShow;
  readonly deeds: Deeds;
}

const crewRoles = ['host', 'merchant', 'admin'];

/** The state of the console of one show: what waits, what is chosen, what can be done about it, and the doing. */
export function useConsole({ view, show, deeds }: ConsoleOptions) {
  const { t } = useTranslation();
  const { feed, log, showId } = show;
  const handled = useHandled(deeds);
  const deleted = useDeleted(deeds);
  const held = useFeed(feed, (state) => state.show.held);
  const reports = useFeed(feed, (state) => state.show.reports);
  const waiting = useMemo(() => waitingOf({ held, reports }, handled), [held, reports, handled]);
  const [selectedKey, select] = useState<string>();
  const [muteSeconds, setMuteSeconds] = useState<number>(defaultMuteSeconds);
  const [reason, setReason] = useState('');
  const [saleReason, setSaleReason] = useState<StopReason | ''>('');
  const armed = useArmed();
  const rows = useRef<StillMessages['rows']>([]);
  const subject = useSubject(selectedKey, waiting, log);
  const isCrewOf = useIsCrew(feed);
  const isCrew = subject !== undefined && isCrewOf(subject.person.userId, subject.role);
  const amCrew = view.myRoles.some((role) => crewRoles.includes(role));
  const standings = useStandingsOf(show, subject?.person.userId);
  const offers =
    subject === undefined ? [] : offersOf({ subject, standings, isCrew, amCrew, muteSeconds, reason });

  const perform = useCallback(
    (act: Act) => {
      void deeds.perform(showId, act);
    },
    [deeds, showId],
  );
  const choose = useCallback((key: string | undefined) => {
    select((before) => {
      // A reason belongs to one person.
      if (before !== key) setReason('');
      return key;
    });
  }, []);
  const leave = (key: string): void =>
    choose(
      nextWaiting(
        waiting.map((each) => each.key),
        key,
      ),
    );

  function dealWith(each: Waiting, act: Act): void {
    perform(act);
    if (selectedKey === each.key) leave(each.key);
  }

  function offer({ name, act }: Offer): void {
    if (dangerousDeeds.has(name)) armed.press(name, () => runOffer(act));
    else runOffer(act);
  }

  function runOffer(act: Act): void {
    if (subject === undefined) return;
    const { waiting: item } = subject;
    if (item === null) {
      perform(act);
      if (act.kind === 'delete') move(-1);
      return;
    }
    if (item.kind === 'report' && settlesReport(act)) {
      // Closed by what was done, not by the wish to do it.
      const { reportId } = item.report;
      void deeds
        .perform(showId, act)
        .then((isDone) => isDone && deeds.perform(showId, { kind: 'resolve', reportId }));
    } else perform(act);
    if ('reportId' in act || settlesReport(act) || act.kind === 'approve' || act.kind === 'reject') {
      leave(item.key);
    }
  }

  function move(step: 1 | -1): void {
    choose(
      neighbourOf(
        waiting.map(({ key }) => key),
        rows.current.map(({ messageId }) => messageId),
        selectedKey,
        step,
      ),
    );
  }

  function nextReason(): void {
    const texts = quickReasons.map((name) => t(`moderation.quickReasons.${name}`));
    setReason(texts[texts.indexOf(reason) + 1] ?? '');
  }

  function nextSpan(): void {
    const index = muteSpans.findIndex(({ seconds }) => seconds === muteSeconds);
    setMuteSeconds((muteSpans[index + 1] ?? muteSpans[0]).seconds);
  }

  return {
    waiting,
    deleted,
    selectedKey,
    subject,
    offers,
    isCrew,
    standings,
    muteSeconds,
    setMuteSeconds,
    reason,
    setReason,
    saleReason,
    setSaleReason,
    stopSale: (saleId: SaleId) => perform({ kind: 'stop-sale', saleId, reason: saleReason }),
    armed,
    rows,
    choose,
    move,
    offer,
    perform,
    dealWith,
    nextReason,
    nextSpan,
  };
}

export type ConsoleState = ReturnType<typeof useConsole>;

/** Everything that was done to the person so far; mutes run out by server time. */
function useStandingsOf({ feed }: FollowedShow, userId: string | undefined): ReadonlySet<Standing> {
  const key = userId ?? '';
  const mutedUntil = useFeed(feed, (state) => state.show.mutes[key] ?? 0);
  const isBanned = useFeed(feed, (state) => state.show.bans[key] !== undefined);
  const isShadowBanned = useFeed(feed, (state) => state.show.shadowBans[key] === true);
  const isMuted = mutedUntil > useServerNow(1_000, mutedUntil > 0);
  return useMemo(() => {
    const standings = new Set<Standing>();
    if (isMuted) standings.add('muted');
    if (isShadowBanned) standings.add('shadow-banned');
    if (isBanned) standings.add('banned');
    return standings;
  }, [isMuted, isShadowBanned, isBanned]);
}
