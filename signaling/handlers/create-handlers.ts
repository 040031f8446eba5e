import type { Clock } from '@souk/runtime/clock';
import type { TokenVerifier } from '@souk/runtime/tokens';
import type { Timeline } from '@souk/timeline/timeline';
import type { RoomKeeper } from '../rooms/room-keeper.ts';
import { createChatSend, type RequestReview } from './chat/chat-send.ts';
import { createClockSync } from './clock-sync.ts';
import type { Handlers } from './handler.ts';
import { createReactionSend } from './reaction-send.ts';
import { createSessionRenew } from './session-renew.ts';
import { createShowJoin } from './show-join.ts';
import { createShowLeave } from './show-leave.ts';

export interface HandlerDeps {
  readonly timeline: Timeline;
  readonly rooms: RoomKeeper;
  readonly verifier: TokenVerifier;
  readonly requestReview: RequestReview;
  readonly clock: Clock;
}

/** Builds the handler of every live command. */
export function createHandlers({ timeline, rooms, verifier, requestReview, clock }: HandlerDeps): Handlers {
  return {
    'show:join': createShowJoin(),
    'show:leave': createShowLeave(),
    'chat:send': createChatSend({ timeline, requestReview, clock }),
    'reaction:send': createReactionSend(clock),
    'session:renew': createSessionRenew({ verifier, rooms }),
    'clock:sync': createClockSync(clock),
  };
}
