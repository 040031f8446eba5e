/** What the camera is asked for. */
export const cameraConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
} as const satisfies MediaTrackConstraints;

const microphoneConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
} as const satisfies MediaTrackConstraints;

/** `insecure`: on plain http, but for localhost, browsers offer no camera at all. */
export type CaptureFault = 'refused' | 'missing' | 'busy' | 'insecure';

/** Chosen devices, by their ids; left out is the browser's own choice. */
export interface DeviceWish {
  readonly camera?: string;
  readonly microphone?: string;
}

/**
 * Opens camera and microphone with one question to the person. A host without a microphone can still show things,
 * so that it may be missing; a chosen device may be unplugged by now. Rejects with DOMException.
 */
export async function openBoth(devices: MediaDevices, wish: DeviceWish): Promise<MediaStream> {
  const attempts: MediaStreamConstraints[] = [
    { video: cameraOf(wish), audio: microphoneOf(wish) },
    { video: cameraConstraints, audio: microphoneConstraints },
    { video: cameraConstraints },
  ];
  let missing: unknown;
  for (const constraints of attempts) {
    try {
      return await devices.getUserMedia(constraints);
    } catch (error) {
      if (faultOf(error) !== 'missing') throw error;
      missing = error;
    }
  }
  throw missing;
}

/** Opens one device of a kind: the wished one, else any. Rejects with DOMException. */
export async function openOne(
  devices: MediaDevices,
  kind: 'video' | 'audio',
  wish: DeviceWish,
): Promise<MediaStreamTrack> {
  const open = (constraints: MediaTrackConstraints) => devices.getUserMedia({ [kind]: constraints });
  const [wanted, any] =
    kind === 'video' ? [cameraOf(wish), cameraConstraints] : [microphoneOf(wish), microphoneConstraints];
  const stream = await open(wanted).catch((error: unknown) => {
    if (faultOf(error) !== 'missing') throw error;
    return open(any);
  });
  const [track] = stream.getTracks();
  if (track === undefined) throw new DOMException('no track', 'NotFoundError');
  return track;
}

function cameraOf({ camera }: DeviceWish): MediaTrackConstraints {
  return { ...cameraConstraints, ...exactly(camera) };
}

function microphoneOf({ microphone }: DeviceWish): MediaTrackConstraints {
  return { ...microphoneConstraints, ...exactly(microphone) };
}

function exactly(deviceId: string | undefined): MediaTrackConstraints {
  return deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
}

/** Why a device could not be opened, in the four ways in which a person can help. */
export function faultOf(error: unknown): CaptureFault {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') return 'refused';
  if (name === 'SecurityError') return 'insecure';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return 'busy';
}
