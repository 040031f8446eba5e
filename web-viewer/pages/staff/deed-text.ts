import type { TFunction } from 'i18next';

/** Commands that stand in the record of who did what, by name. */
export const recordedDeeds = [
  'message:delete',
  'message:approve',
  'message:pin',
  'message:unpin',
  'user:mute',
  'user:unmute',
  'user:ban',
  'user:unban',
  'user:shadow-ban',
  'user:shadow-unban',
  'user:disconnect',
  'report:resolve',
  'chat-policy:set',
  'chat-filter:set',
  'blocked-words:set',
  'ban:lift',
  'review-hook:set',
  'review-hook:remove',
  'moderator:invite',
  'moderator:remove',
  'sale:stop',
  'show:stop',
  'show:end',
] as const;

type RecordedDeed = (typeof recordedDeeds)[number];
type DeedKey<Deed = RecordedDeed> = Deed extends `${infer Noun}:${infer Verb}` ? `${Noun}-${Verb}` : never;

/** The words for a command in the record; its name where there are none. */
export function deedText(action: string, t: TFunction): string {
  const known: readonly string[] = recordedDeeds;
  // A colon would separate name spaces in the catalogue.
  return known.includes(action) ? t(`staff.deeds.${action.replace(':', '-') as DeedKey}`) : action;
}
