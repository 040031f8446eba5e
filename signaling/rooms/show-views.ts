import type { Onlooker } from '@souk/protocol/timeline/entries';
import { projectShow } from '@souk/protocol/timeline/reducer';
import type { ShowState } from '@souk/protocol/timeline/state';
import { encodeOnce } from '../transport/encode-once.ts';

/** Nobody in particular: what this onlooker sees, everybody sees of whom the state knows nothing. */
const crowd: Onlooker = { userId: '', isStaff: false };
const staff: Onlooker = { userId: '', isStaff: true };

interface View {
  readonly of: ShowState;
  readonly encoded: ShowState;
}

/** The state as members see it, encoded once for the crowd and once for the staff until it changes. */
export class ShowViews {
  #crowd: View | undefined;
  #staff: View | undefined;

  /** The state for this onlooker, for sending. */
  viewOf(state: ShowState, onlooker: Onlooker): ShowState {
    if (onlooker.isStaff) {
      this.#staff = refreshed(this.#staff, state, staff);
      return this.#staff.encoded;
    }
    if (hasOwnPart(state, onlooker.userId)) return encodeOnce(projectShow(state, onlooker));
    this.#crowd = refreshed(this.#crowd, state, crowd);
    return this.#crowd.encoded;
  }
}

function refreshed(view: View | undefined, state: ShowState, onlooker: Onlooker): View {
  if (view?.of === state) return view;
  return { of: state, encoded: encodeOnce(projectShow(state, onlooker)) };
}

/** True when this person sees something that the crowd does not. */
export function hasOwnPart(state: ShowState, userId: string): boolean {
  return (
    [state.bans, state.mutes, state.moderators].some((record) => Object.hasOwn(record, userId)) ||
    state.held.some((message) => message.userId === userId) ||
    state.chat.some(({ audience = 'all' }) => audience.endsWith(`user:${userId}`))
  );
}
