import type { ShowView } from '@souk/protocol/http/shows';
import type { SaleId } from '@souk/protocol/ids';
import type { ChatMessage } from '@souk/protocol/timeline/state';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useFeed } from '../../api/hub.ts';
import { useServerNow } from '../../ui/use-server-now.ts';
import type { Act } from '../staff/acts/acts.ts';
import type { Deeds } from '../staff/acts/deeds.ts';
import { useDeleted, useHandled } from '../staff/acts/use-deeds.ts';
import type { FeedControls } from '../staff/messages/message-feed.tsx';
import { type Standing, useIsCrew } from '../staff/messages/use-standing.ts';
import { defaultMuteSeconds, muteSpans } from '../staff/mute-spans.ts';
import { useArmed } from '../staff/use-armed.ts';
import { neighbourOf, nextWaiting } from './neighbour-of.ts';
import type { Chosen } from './person/chosen.ts';
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
  const [chosen, setChosen] = useState<Chosen>();
  const selectedKey = chosen?.key;
  const [muteSeconds, setMuteSeconds] = useState<number>(defaultMuteSeconds);
  const [reason, setReason] = useState('');
  const [saleReason, setSaleReason] = useState<StopReason | ''>('');
  const armed = useArmed();
  const drawn = useRef<FeedControls>(null);
  const subject = useSubject(chosen, waiting, log);
  const isGone = useIsGone(show, subject?.messageId, deleted);
  const isCrewOf = useIsCrew(feed);
  const isCrew = subject !== undefined && isCrewOf(subject.person.userId, subject.role);
  const amCrew = view.myRoles.some((role) => crewRoles.includes(role));
  const standings = useStandingsOf(show, subject?.person.userId);
  const offers =
    subject === undefined
      ? []
      : offersOf({ subject, isGone, standings, isCrew, amCrew, muteSeconds, reason });

  const perform = useCallback(
    (act: Act) => {
      void deeds.perform(showId, act);
    },
    [deeds, showId],
  );
  const choose = useCallback((key: string | undefined, message: ChatMessage | null = null) => {
    setChosen((before) => {
      if (before?.key === key) return before;
      // A reason belongs to one person.
      setReason('');
      return key === undefined ? undefined : { key, message };
    });
  }, []);
  const chooseMessage = useCallback((message: ChatMessage) => choose(message.messageId, message), [choose]);
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
      if (act.kind === 'delete') move(-1, isUntouched);
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

  /** Through what is drawn at this moment. */
  function move(step: 1 | -1, isWanted: (message: ChatMessage) => boolean = () => true): void {
    const messages =
      drawn.current?.rows.filter((each) => each.messageId === selectedKey || isWanted(each)) ?? [];
    const key = neighbourOf(
      waiting.map((each) => each.key),
      messages.map(({ messageId }) => messageId),
      selectedKey,
      step,
    );
    choose(key, messages.find(({ messageId }) => messageId === key) ?? null);
  }

  /** Nobody has deleted it yet. */
  function isUntouched({ messageId }: ChatMessage): boolean {
    return !log.store.getState().gone.has(messageId) && !deleted.has(messageId);
  }

  /** Back to the newest messages, with nothing chosen. */
  function letGo(): void {
    choose(undefined);
    drawn.current?.release();
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
    drawn,
    choose,
    chooseMessage,
    letGo,
    move,
    offer,
    perform,
    dealWith,
    nextReason,
    nextSpan,
  };
}

export type ConsoleState = ReturnType<typeof useConsole>;

/** Whether a message was deleted, by anybody. */
function useIsGone(
  { log }: FollowedShow,
  messageId: string | null | undefined,
  deleted: ReadonlySet<string>,
) {
  const id = messageId ?? '';
  return useStore(log.store, ({ gone }) => gone.has(id)) || deleted.has(id);
}

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
