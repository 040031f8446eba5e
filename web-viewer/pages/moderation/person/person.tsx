import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Sheet, SheetBody } from '../../../ui/sheet.tsx';
import type { FollowedShow } from '../shows/followed-shows.ts';
import type { ConsoleState } from '../use-console.ts';
import { NobodyChosen, PersonPanel } from './person-panel.tsx';
import type { Subject } from './subject.ts';
import { useUserCard } from './use-user-card.ts';

export interface PersonProps {
  show: FollowedShow;
  state: ConsoleState;
  reasonField: RefObject<HTMLInputElement | null>;
  /** On a phone it slides in over the feed. */
  isSheet: boolean;
}

/** The card of the chosen person. */
export function Person({ show, state, reasonField, isSheet }: PersonProps) {
  const { t } = useTranslation();
  const { subject } = state;
  const card = subject !== undefined && (
    <Chosen
      key={subject.person.userId}
      show={show}
      state={state}
      subject={subject}
      reasonField={reasonField}
    />
  );
  if (!isSheet) return card || <NobodyChosen />;
  return (
    <Sheet
      open={subject !== undefined}
      onOpenChange={(isOpen) => !isOpen && state.choose(undefined)}
      title={t('moderation.person')}
    >
      <SheetBody>{card}</SheetBody>
    </Sheet>
  );
}

function Chosen({ show, state, subject, reasonField }: Omit<PersonProps, 'isSheet'> & { subject: Subject }) {
  const version = [...state.standings].join();
  const card = useUserCard(show.showId, subject.person.userId, version);
  const isCrew = state.isCrew || hasStaffRole(card.data?.roles);
  return (
    <PersonPanel
      showId={show.showId}
      subject={subject}
      card={card}
      offers={isCrew ? state.offers.filter(({ act }) => !('person' in act)) : state.offers}
      isCrew={isCrew}
      muteSeconds={state.muteSeconds}
      onMuteSeconds={state.setMuteSeconds}
      reason={state.reason}
      onChange={state.setReason}
      inputRef={reasonField}
      armed={state.armed}
      onOffer={state.offer}
    />
  );
}

const staffRoles = ['moderator', 'host', 'merchant', 'admin'];

function hasStaffRole(roles: readonly string[] | undefined): boolean {
  return roles?.some((role) => staffRoles.includes(role)) ?? false;
}
