/** A viewer's chat beyond writing in it, following a shop, and being sent out. */
export const chat = {
  announcement: 'Announcement',
  pinned: 'Pinned message:',
  times_one: 'once',
  times_other: '{{count}} times',
  more_one: '{{formatted}} new message.',
  more_other: '{{formatted}} new messages.',
  waiting: 'Waiting for approval. Only you see it.',
  actionsFor: 'What to do about the message of {{name}}',
  reply: 'Reply',
  replyingTo: 'Replying to {{name}}',
  noReply: 'Do not reply',
  slowShort: 'Slow mode…',
  slow: 'Slow mode: wait a moment before the next message.',
  followersOnly: 'Followers chat here.',
  buyersOnly: 'Here chat people who have bought from the shop.',
  reportMessage: 'Report this message',
  reportPerson: 'Report {{name}}',
  reportWhy: 'What is wrong?',
  reasons: {
    spam: 'Spam or advertising',
    insult: 'Insult or harassment',
    hate: 'Hate',
    fraud: 'Fraud',
    other: 'Something else',
  },
  reportNote: 'More about it (optional)',
  reportSend: 'Send the report',
  reported: 'Thank you. A moderator will look at it.',
};

export const follow = {
  start: 'Follow',
  stop: 'Stop following',
  following: 'Following',
  logIn: 'Log in to follow',
  followers_one: '{{formatted}} follower',
  followers_other: '{{formatted}} followers',
};

export const removed = {
  banned: "You can't take part in this show any more",
  bannedText:
    'Its team has decided so. Your orders are not affected. If you think it is a mistake, write to the shop.',
  sentOut: 'A moderator has sent you out',
  sentOutText: 'You may come back. Please keep to the rules of the show, so that you can stay.',
  comeBack: 'Come back',
};
