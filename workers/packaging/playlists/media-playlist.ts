/** A segment as a playlist lists it (RFC 8216). */
export interface ListedSegment {
  /** Relative to the playlist. */
  readonly uri: string;
  /** Its header (EXT-X-MAP). */
  readonly map: string;
  /** Capture time of its first picture, Unix milliseconds. */
  readonly startMs: number;
  readonly durationMs: number;
  /** Its clock or its form is another than that of the segment before. */
  readonly isDiscontinuity: boolean;
}

export interface MediaPlaylist {
  readonly kind: 'live' | 'ended' | 'replay';
  readonly mediaSequence: number;
  readonly discontinuitySequence: number;
  readonly segments: readonly ListedSegment[];
}

/** Writes a playlist of one rendition. Every segment tells when it was captured. */
export function writeMediaPlaylist(playlist: MediaPlaylist): string {
  const { kind, mediaSequence, discontinuitySequence, segments } = playlist;
  const longestMs = Math.max(1_000, ...segments.map(({ durationMs }) => durationMs));
  let map: string | undefined;
  const lines = segments.flatMap((segment) => {
    const needsMap = segment.map !== map;
    map = segment.map;
    return [
      ...(segment.isDiscontinuity ? ['#EXT-X-DISCONTINUITY'] : []),
      ...(needsMap ? [`#EXT-X-MAP:URI="${segment.map}"`] : []),
      `#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.startMs).toISOString()}`,
      `#EXTINF:${(segment.durationMs / 1_000).toFixed(3)},`,
      segment.uri,
    ];
  });
  const head = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    // A duration rounds to the next whole second (RFC 8216, 4.3.3.1).
    `#EXT-X-TARGETDURATION:${Math.round(longestMs / 1_000)}`,
    `#EXT-X-MEDIA-SEQUENCE:${mediaSequence}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${discontinuitySequence}`,
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...(kind === 'replay' ? ['#EXT-X-PLAYLIST-TYPE:VOD'] : []),
  ];
  return `${[...head, ...lines, ...(kind === 'live' ? [] : ['#EXT-X-ENDLIST'])].join('\n')}\n`;
}

/** Reads a playlist that `writeMediaPlaylist` wrote, for whoever goes on with it; undefined when it is no such thing. */
export function parseMediaPlaylist(text: string): MediaPlaylist | undefined {
  if (!text.startsWith('#EXTM3U')) return undefined;
  const numberAfter = (tag: string): number =>
    Number(new RegExp(`^#${tag}:(\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const segments: ListedSegment[] = [];
  let map = '';
  let startMs = 0;
  let durationMs = 0;
  let isDiscontinuity = false;
  for (const line of text.split('\n')) {
    const [, tag, value = ''] = /^#([A-Z-]+)(?::(.*))?$/.exec(line) ?? [];
    if (tag === 'EXT-X-DISCONTINUITY') isDiscontinuity = true;
    else if (tag === 'EXT-X-MAP') map = /URI="([^"]*)"/.exec(value)?.[1] ?? '';
    else if (tag === 'EXT-X-PROGRAM-DATE-TIME') startMs = Date.parse(value);
    else if (tag === 'EXTINF') durationMs = Math.round(Number.parseFloat(value) * 1_000);
    else if (line !== '' && !line.startsWith('#')) {
      segments.push({ uri: line, map, startMs, durationMs, isDiscontinuity });
      isDiscontinuity = false;
    }
  }
  return {
    kind: text.includes('#EXT-X-ENDLIST') ? 'ended' : 'live',
    mediaSequence: numberAfter('EXT-X-MEDIA-SEQUENCE'),
    discontinuitySequence: numberAfter('EXT-X-DISCONTINUITY-SEQUENCE'),
    segments,
  };
}
