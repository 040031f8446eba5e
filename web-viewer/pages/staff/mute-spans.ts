/** Times to choose from when somebody is muted, in seconds, with the name of each in the catalogue. */
export const muteSpans = [
  { seconds: 60, name: 'minute' },
  { seconds: 300, name: 'fiveMinutes' },
  { seconds: 3_600, name: 'hour' },
  { seconds: 86_400, name: 'day' },
] as const;

export type MuteSpan = (typeof muteSpans)[number];

/** What a plain press on mute means. */
export const defaultMuteSeconds = 300;
