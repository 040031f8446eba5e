import { type ChatFilter, openChatPolicy } from '@souk/protocol/chat';
import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import type { Role } from '@souk/protocol/roles';
import { emptyShowState, type ShowState } from '@souk/protocol/timeline/state';
import { describe, expect, it } from 'vitest';
import { createContentCheck } from './chat-content.ts';
import { planMessage } from './plan-message.ts';

const merchantId = createId('merchant');
const live: ShowState = {
  ...emptyShowState,
  status: 'live',
  facts: {
    title: 'Autumn lamps',
    merchantId,
    merchantName: 'Lumen & Co',
    hostId: createId('user'),
    hostName: 'Hana',
    currency: currencySchema.parse('EUR'),
    policy: { guestsMayChat: true, guestsMayBuy: true },
  },
};
const userId = createId('user');
const checkContent = createContentCheck();

function plan(change: Partial<ShowState>, roles: readonly Role[] = ['viewer'], text = 'hello') {
  const session = {
    userId,
    name: 'Vera',
    isGuest: roles.includes('guest'),
    grants: [],
    ties: [],
    expiresAt: 0,
  };
  const payload = {
    showId: createId('show'),
    commandId: createId('command'),
    text,
    kind: 'message' as const,
  };
  const speaker = { session, roles: new Set(roles) };
  return planMessage({ ...live, ...change }, speaker, payload, {
    checkContent,
    findMessage: () => undefined,
    now: 1_000,
  });
}
function codeOf(...args: Parameters<typeof plan>): unknown {
  try {
    return plan(...args).options.note;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
}

describe('a message', () => {
  const everything: Partial<ShowState> = {
    bans: { [userId]: 'show' },
    mutes: { [userId]: 2_000 },
    chatPolicy: { who: 'buyers', slowSeconds: 60, linksAllowed: false },
    chatFilter: { words: ['hello'], onMatch: 'refuse', review: 'everyone', isHooked: true },
  };

  it('is refused for the gravest reason first', () => {
    expect(codeOf({ ...everything, status: 'draft' })).toBe('SHOW_NOT_LIVE');
    expect(codeOf(everything)).toBe('BANNED');
    expect(codeOf({ ...everything, bans: {} })).toBe('MUTED');
    expect(codeOf({ ...everything, bans: {}, mutes: {} })).toBe('BUYERS_ONLY');
    expect(codeOf({ ...everything, bans: {}, mutes: {}, chatPolicy: openChatPolicy })).toBe(
      'MESSAGE_BLOCKED',
    );
  });

  it.each(['moderator', 'host', 'merchant', 'admin'] as const)('of a %s keeps to no rule', (role) => {
    const { entry, options } = plan(everything, ['viewer', role]);
    expect(entry).toMatchObject({ type: 'chat:sent', audience: 'all' });
    expect(options).toEqual({ note: 'sent' });
  });

  it('is refused by a ban of the whole shop too, and no more once a mute is over', () => {
    expect(codeOf({ bans: { [userId]: 'merchant' } })).toBe('BANNED');
    expect(codeOf({ mutes: { [userId]: 1_000 } })).toBe('sent');
  });

  it('keeps the pace of slow mode by person', () => {
    const { options } = plan({ chatPolicy: { ...openChatPolicy, slowSeconds: 7 } });
    expect(options.pace).toEqual({ key: userId, everyMs: 7_000 });
  });

  it('is held for a person to look at rather than for the hook', () => {
    const filter: ChatFilter = { words: ['hello'], onMatch: 'hold', review: 'everyone', isHooked: true };
    expect(codeOf({ chatFilter: filter })).toBe('blocked-word');
    expect(codeOf({ chatFilter: { ...filter, words: [] } })).toBe('review');
    expect(codeOf({ chatFilter: { ...filter, words: [], review: 'none' } })).toBe('hook');
  });

  it('of a shadow-banned person never reaches all, nor the hook', () => {
    const shadowBans = { [userId]: true } as const;
    const { entry, options } = plan({
      shadowBans,
      chatFilter: { words: [], onMatch: 'hold', review: 'none', isHooked: true },
    });
    expect(entry).toMatchObject({ type: 'chat:sent', audience: `staff+user:${userId}` });
    expect(options).toMatchObject({ note: 'sent', echo: { entry: { audience: `staff+user:${userId}` } } });
    const { options: long } = plan({ shadowBans }, ['viewer'], 'a text that is long enough for a crowd');
    expect(long.echo?.keys).toHaveLength(1);
  });

  it('of guests is welcome where the shop says so', () => {
    const facts = live.facts && { ...live.facts, policy: { guestsMayChat: false, guestsMayBuy: true } };
    expect(codeOf({ facts }, ['guest'])).toBe('GUESTS_NOT_ALLOWED');
    expect(codeOf({}, ['guest'])).toBe('sent');
    expect(codeOf({ chatPolicy: { ...openChatPolicy, who: 'followers' } }, ['guest'])).toBe('FOLLOWERS_ONLY');
  });

  it('is repeated by the same words to the same message only', () => {
    const keysOf = (text: string) => plan({}, ['viewer'], text).options.echo?.keys.map(({ key }) => key);
    expect(keysOf('Hello!')).toEqual(keysOf('hello'));
    expect(keysOf('hello')).toHaveLength(1);
    expect(keysOf('hello')?.[0]).toContain(userId);
    expect(keysOf('the same long words of several people')).toHaveLength(2);
  });
});
