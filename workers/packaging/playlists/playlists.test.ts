import { describe, expect, it } from 'vitest';
import { createLiveWindow, type LiveWindow } from './live-window.ts';
import { writeMasterPlaylist } from './master-playlist.ts';
import { parseMediaPlaylist, writeMediaPlaylist } from './media-playlist.ts';

const start = Date.UTC(2026, 10, 22, 20);

function add(window: LiveWindow, second: number, run = 'a'): boolean {
  return window.add({
    uri: `${run}/${second}.m4s`,
    map: `${run}/init.mp4`,
    startMs: start + second * 1_000,
    durationMs: 1_000,
  });
}

describe('a playlist', () => {
  it('says of each segment when it was captured, and of each run how it begins', () => {
    const window = createLiveWindow(undefined);
    add(window, 0);
    add(window, 1, 'b');
    const text = writeMediaPlaylist({ ...window.playlist('live'), mediaSequence: 7 });
    expect(text.split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-TARGETDURATION:1',
      '#EXT-X-MEDIA-SEQUENCE:7',
      '#EXT-X-DISCONTINUITY-SEQUENCE:0',
      '#EXT-X-INDEPENDENT-SEGMENTS',
      '#EXT-X-MAP:URI="a/init.mp4"',
      '#EXT-X-PROGRAM-DATE-TIME:2026-11-22T20:00:00.000Z',
      '#EXTINF:1.000,',
      'a/0.m4s',
      '#EXT-X-DISCONTINUITY',
      '#EXT-X-MAP:URI="b/init.mp4"',
      '#EXT-X-PROGRAM-DATE-TIME:2026-11-22T20:00:01.000Z',
      '#EXTINF:1.000,',
      'b/1.m4s',
      '',
    ]);
  });

  it('ends when it is a replay', () => {
    const text = writeMediaPlaylist({
      kind: 'replay',
      mediaSequence: 0,
      discontinuitySequence: 0,
      segments: [],
    });
    expect(text).toContain('#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-ENDLIST');
  });

  it('can be read again by whoever goes on with it', () => {
    const window = createLiveWindow(undefined);
    for (let second = 0; second < 14; second += 1) add(window, second, second < 6 ? 'a' : 'b');
    const playlist = window.playlist('live');
    expect(parseMediaPlaylist(writeMediaPlaylist(playlist))).toEqual(playlist);
    expect(parseMediaPlaylist('<html>')).toBeUndefined();
  });
});

describe('the live window', () => {
  it('shows the last segments, with numbers that only rise', () => {
    const window = createLiveWindow(undefined);
    for (let second = 0; second < 12; second += 1) add(window, second);
    const { mediaSequence, segments } = window.playlist('live');
    expect(segments.map(({ uri }) => uri)).toEqual(
      Array.from({ length: 10 }, (_, index) => `a/${index + 2}.m4s`),
    );
    const later = createLiveWindow(undefined);
    add(later, 60);
    expect(later.playlist('live').mediaSequence).toBeGreaterThan(mediaSequence + 12);
  });

  it('counts the discontinuities that have left it', () => {
    const window = createLiveWindow(undefined);
    for (let second = 0; second < 13; second += 1) add(window, second, second < 2 ? 'a' : 'b');
    expect(window.playlist('live')).toMatchObject({ discontinuitySequence: 1 });
    expect(window.playlist('live').segments.some(({ isDiscontinuity }) => isDiscontinuity)).toBe(false);
  });

  it('goes on where another worker ended, and shows nothing twice', () => {
    const former = createLiveWindow(undefined);
    for (let second = 0; second < 3; second += 1) add(former, second);
    const window = createLiveWindow(former.playlist('live'));
    expect(add(window, 2, 'b')).toBe(false);
    expect(add(window, 3, 'b')).toBe(true);
    const { segments, mediaSequence } = window.playlist('live');
    expect(segments.map(({ uri, isDiscontinuity }) => [uri, isDiscontinuity])).toEqual([
      ['a/0.m4s', false],
      ['a/1.m4s', false],
      ['a/2.m4s', false],
      ['b/3.m4s', true],
    ]);
    expect(mediaSequence).toBe(former.playlist('live').mediaSequence);
  });
});

describe('the master playlist', () => {
  it('offers the renditions with rate, size and codecs', () => {
    const offered = {
      slot: 'high',
      peakBps: 1_500_000.2,
      width: 1_280,
      height: 720,
      codec: 'avc1.42e01f',
    } as const;
    expect(writeMasterPlaylist([offered])).toContain(
      '#EXT-X-STREAM-INF:BANDWIDTH=1500001,RESOLUTION=1280x720,CODECS="avc1.42e01f,mp4a.40.2"\nhigh.m3u8\n',
    );
  });
});
