import {
  type CaptureFault,
  cameraConstraints,
  type DeviceWish,
  faultOf,
  openBoth,
  openOne,
} from './devices.ts';
import type { Plate } from './plate.ts';

/** What stands in the picture: the camera, a shared screen, or a plate while the camera is off. */
export type PictureSource = 'camera' | 'screen' | 'plate';

export type CaptureState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'fault'; readonly fault: CaptureFault }
  | {
      readonly kind: 'ready';
      /** Another object whenever a track changes. */
      readonly stream: MediaStream;
      readonly source: PictureSource;
      /** Null where there is no microphone. */
      readonly isMicrophoneOn: boolean | null;
      /** Why the last wish for a device was not met. */
      readonly fault: CaptureFault | null;
    };

export interface Capture {
  /** Asks for camera and microphone, also again after a fault. */
  start(): void;
  /** Another camera or microphone takes over without a gap. */
  choose(wish: DeviceWish): void;
  setCamera(on: boolean): void;
  setMicrophone(on: boolean): void;
  /** Rejects when the person does not choose a screen. */
  shareScreen(): Promise<void>;
  stopScreen(): void;
  /** A device was plugged in or out. */
  devicesChanged(): void;
  close(): void;
}

export interface CaptureOptions {
  readonly devices: MediaDevices | undefined;
  readonly wish: DeviceWish;
  readonly makePlate: () => Plate;
  onState(state: CaptureState): void;
}

/** Camera, screen and microphone of a host. The stream that it gives always has a picture, and sound where there is any. */
export function createCapture({ devices, wish, makePlate, onState }: CaptureOptions): Capture {
  let wanted = wish;
  let picture: { readonly source: PictureSource; readonly track: MediaStreamTrack; stop(): void } | undefined;
  let microphone: MediaStreamTrack | undefined;
  let isClosed = false;
  let fault: CaptureFault | null = null;
  /** Steps come one after another: two at once could leave a device open that nobody shows. */
  let queue: Promise<void> = Promise.resolve();

  const tell = (): void => {
    if (isClosed || picture === undefined) return;
    const tracks = microphone === undefined ? [picture.track] : [picture.track, microphone];
    onState({
      kind: 'ready',
      stream: new MediaStream(tracks),
      source: picture.source,
      isMicrophoneOn: microphone?.enabled ?? null,
      fault,
    });
  };
  const show = (source: PictureSource, track: MediaStreamTrack, stop = () => track.stop()): void => {
    const former = picture;
    if (source !== 'plate') track.addEventListener('ended', () => onEnded(track));
    picture = { source, track, stop };
    tell();
    // After the new one is on its way, so that there is no gap.
    former?.stop();
  };
  const showPlate = (): void => {
    const plate = makePlate();
    show('plate', plate.track, plate.stop);
  };
  const hear = (track: MediaStreamTrack): void => {
    const former = microphone;
    track.enabled = former?.enabled ?? true;
    track.addEventListener('ended', () => onEnded(track));
    microphone = track;
    tell();
    former?.stop();
  };
  const step = (work: (media: MediaDevices) => Promise<void>): void => {
    queue = queue.then(async () => {
      if (isClosed) return;
      try {
        if (devices === undefined) throw new DOMException('', 'SecurityError');
        fault = null;
        await work(devices);
      } catch (error) {
        fault = faultOf(error);
        if (!isClosed && picture === undefined) onState({ kind: 'fault', fault });
        tell();
      }
      if (isClosed) release();
    });
  };
  const openCamera = async (media: MediaDevices): Promise<void> => {
    try {
      show('camera', await openOne(media, 'video', wanted));
    } catch (error) {
      // Phones open one camera at a time: the present one makes room.
      if (picture?.source !== 'camera') throw error;
      showPlate();
      show('camera', await openOne(media, 'video', wanted));
    }
  };
  const openMicrophone = async (media: MediaDevices): Promise<void> => {
    hear(await openOne(media, 'audio', wanted));
  };
  const onEnded = (track: MediaStreamTrack): void => {
    if (isClosed) return;
    if (track === microphone) {
      microphone = undefined;
      tell();
      step(openMicrophone);
    } else if (track === picture?.track) {
      showPlate();
      step(openCamera);
    }
  };
  const release = (): void => {
    picture?.stop();
    microphone?.stop();
    picture = undefined;
    microphone = undefined;
  };

  return {
    start: () =>
      step(async (media) => {
        if (picture !== undefined) return;
        onState({ kind: 'asking' });
        const stream = await openBoth(media, wanted);
        const [sound] = stream.getAudioTracks();
        const [view] = stream.getVideoTracks();
        if (sound !== undefined) hear(sound);
        if (view !== undefined) show('camera', view);
      }),
    choose: (next) => {
      const before = wanted;
      wanted = next;
      if (next.camera !== before.camera && picture?.source === 'camera') step(openCamera);
      if (next.microphone !== before.microphone) step(openMicrophone);
    },
    setCamera: (on) => {
      if (on) return step(openCamera);
      step(async () => {
        if (picture?.source === 'camera') showPlate();
      });
    },
    setMicrophone: (on) => {
      if (microphone === undefined) return step(openMicrophone);
      microphone.enabled = on;
      tell();
    },
    shareScreen: async () => {
      if (devices === undefined) return;
      const stream = await devices.getDisplayMedia({ video: { ...cameraConstraints } });
      const [track] = stream.getVideoTracks();
      if (track === undefined || isClosed) return;
      // Letters stay sharp, even where that costs frames.
      track.contentHint = 'detail';
      show('screen', track);
    },
    stopScreen: () => {
      step(async (media) => {
        if (picture?.source !== 'screen') return;
        try {
          await openCamera(media);
        } catch (error) {
          showPlate();
          throw error;
        }
      });
    },
    devicesChanged: () => {
      if (picture !== undefined && microphone === undefined) step(openMicrophone);
    },
    close: () => {
      isClosed = true;
      release();
    },
  };
}
