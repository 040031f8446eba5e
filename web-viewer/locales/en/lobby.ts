export const lobby = {
  title: 'On air now',
  lead: 'Watch live, ask anything, and buy while you watch.',
  emptyTitle: 'Nobody is on air right now',
  emptyText: 'Shows appear here the moment they start. Do you sell? Open the studio and go live.',
  openStudio: 'Open the studio',
  watch: 'Watch',
  hostedBy: 'with {{host}}',
  replays: 'Watch again',
  liveSince: 'on air since {{time}}',
};
