import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Capture, type CaptureState, createCapture } from './capture.ts';

class FakeTrack extends EventTarget {
  enabled = true;
  readyState = 'live';
  contentHint = '';
  readonly kind: string;
  readonly label: string;
  constructor(kind: string, label: string) {
    super();
    this.kind = kind;
    this.label = label;
  }
  stop(): void {
    this.readyState = 'ended';
  }
  unplug(): void {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}

class FakeStream {
  private readonly tracks: FakeTrack[];
  constructor(tracks: FakeTrack[]) {
    this.tracks = tracks;
  }
  getTracks = () => this.tracks;
  getVideoTracks = () => this.tracks.filter(({ kind }) => kind === 'video');
  getAudioTracks = () => this.tracks.filter(({ kind }) => kind === 'audio');
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('what a host shows', () => {
  let states: CaptureState[];
  let opened: FakeTrack[];
  let refuse: (constraints: MediaStreamConstraints) => string | undefined;
  let capture: Capture;
  const make = (kind: string, label: string): FakeTrack => {
    const track = new FakeTrack(kind, label);
    opened.push(track);
    return track;
  };
  const idOf = (part: unknown): string =>
    (part as { deviceId?: { exact: string } } | undefined)?.deviceId?.exact ?? 'any';
  const devices = {
    getUserMedia: async (constraints: MediaStreamConstraints) => {
      const fault = refuse(constraints);
      if (fault !== undefined) throw new DOMException('', fault);
      const tracks = [];
      if (constraints.video !== undefined) tracks.push(make('video', idOf(constraints.video)));
      if (constraints.audio !== undefined) tracks.push(make('audio', idOf(constraints.audio)));
      return new FakeStream(tracks);
    },
    getDisplayMedia: async () => new FakeStream([make('video', 'screen')]),
  } as unknown as MediaDevices;

  beforeEach(() => {
    vi.stubGlobal('MediaStream', FakeStream);
    [states, opened, refuse] = [[], [], () => undefined];
    capture = createCapture({
      devices,
      wish: {},
      makePlate: () => {
        const track = make('video', 'plate');
        return { track: track as unknown as MediaStreamTrack, stop: () => track.stop() };
      },
      onState: (state) => states.push(state),
    });
    capture.start();
  });
  afterEach(() => {
    capture.close();
    vi.unstubAllGlobals();
  });

  const last = () => {
    const state = states.at(-1);
    if (state?.kind !== 'ready') throw new Error(`not ready: ${JSON.stringify(state)}`);
    return state;
  };
  const shown = () => (last().stream.getVideoTracks()[0] as unknown as FakeTrack).label;
  const open = () => opened.filter(({ readyState }) => readyState === 'live').map(({ label }) => label);

  it('is the camera with sound, after one question', async () => {
    await settled();
    expect(last()).toMatchObject({ source: 'camera', isMicrophoneOn: true, fault: null });
  });

  it('changes to another camera without a moment without one, and closes the former', async () => {
    await settled();
    const lives: number[] = [];
    const push = states.push.bind(states);
    states.push = (...more) => {
      lives.push(opened.filter(({ kind, readyState }) => kind === 'video' && readyState === 'live').length);
      return push(...more);
    };
    capture.choose({ camera: 'second' });
    await settled();
    expect(shown()).toBe('second');
    expect(Math.min(...lives)).toBeGreaterThan(0);
    expect(open()).toEqual(['any', 'second']);
  });

  it('makes room where only one camera can be open', async () => {
    await settled();
    refuse = () =>
      open().includes('any') && opened[0]?.readyState === 'live' ? 'NotReadableError' : undefined;
    capture.choose({ camera: 'back' });
    await settled();
    expect(shown()).toBe('back');
  });

  it('closes the camera while it is off, and shows a plate', async () => {
    await settled();
    capture.setCamera(false);
    await settled();
    expect(last().source).toBe('plate');
    expect(opened[0]?.readyState).toBe('ended');
    capture.setCamera(true);
    await settled();
    expect(last().source).toBe('camera');
  });

  it('stays muted when another microphone is chosen', async () => {
    await settled();
    capture.setMicrophone(false);
    capture.choose({ microphone: 'desk' });
    await settled();
    expect(last().isMicrophoneOn).toBe(false);
  });

  it('returns to the camera when the shared screen ends', async () => {
    await settled();
    await capture.shareScreen();
    expect(last().source).toBe('screen');
    opened.find(({ label }) => label === 'screen')?.unplug();
    await settled();
    expect(last().source).toBe('camera');
  });

  it('says what is wrong when the camera is unplugged, and goes on with a plate', async () => {
    await settled();
    refuse = ({ video }) => (video === undefined ? undefined : 'NotFoundError');
    opened[0]?.unplug();
    await settled();
    expect(last()).toMatchObject({ source: 'plate', fault: 'missing' });
  });

  it('tells why there is nothing to show at all', async () => {
    await settled();
    for (const [name, fault] of [
      ['NotAllowedError', 'refused'],
      ['NotFoundError', 'missing'],
      ['NotReadableError', 'busy'],
    ] as const) {
      const told: CaptureState[] = [];
      refuse = () => name;
      const other = createCapture({
        devices,
        wish: {},
        makePlate: () => {
          throw new Error('not asked for');
        },
        onState: (state) => told.push(state),
      });
      other.start();
      await settled();
      expect(told.at(-1)).toEqual({ kind: 'fault', fault });
      other.close();
    }
  });

  it('leaves no device open when it is closed while one opens', async () => {
    capture.close();
    await settled();
    expect(open()).toEqual([]);
  });
});
