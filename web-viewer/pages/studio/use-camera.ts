import { useCallback, useEffect, useState } from 'react';
import { cameraConstraints } from '../../media/publish-encodings.ts';

export type CameraFault = 'refused' | 'missing' | 'busy';

export type CameraState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'ready'; readonly stream: MediaStream }
  | { readonly kind: 'fault'; readonly fault: CameraFault };

/** Chosen devices; left out is the browser's own choice. */
export interface DeviceWish {
  readonly camera?: string;
  readonly microphone?: string;
}

export interface Camera {
  readonly state: CameraState;
  readonly devices: readonly MediaDeviceInfo[];
  choose(wish: DeviceWish): void;
  retry(): void;
}

/** The host's camera and microphone: asked for at once, opened anew when another is chosen or one is unplugged. */
export function useCamera(): Camera {
  const [state, setState] = useState<CameraState>({ kind: 'asking' });
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  const [wish, setWish] = useState<DeviceWish>({});
  const retry = useCallback(() => setWish((present) => ({ ...present })), []);

  useEffect(() => {
    let isOver = false;
    let opened: MediaStream | undefined;
    const open = async (): Promise<void> => {
      const stream = await openStream(wish);
      if (isOver) return stopAll(stream);
      opened = stream;
      for (const track of stream.getTracks()) track.addEventListener('ended', retry);
      setState({ kind: 'ready', stream });
      setDevices(await navigator.mediaDevices.enumerateDevices());
    };
    open().catch((error: unknown) => {
      if (!isOver) setState({ kind: 'fault', fault: faultOf(error) });
    });
    return () => {
      isOver = true;
      if (opened !== undefined) stopAll(opened);
    };
  }, [wish, retry]);

  return { state, devices, choose: setWish, retry };
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function openStream(wish: DeviceWish): Promise<MediaStream> {
  // On plain http (but for localhost) browsers offer no camera at all.
  if (navigator.mediaDevices === undefined) throw new DOMException('', 'NotAllowedError');
  const video = { ...cameraConstraints, ...exactly(wish.camera) };
  const audio = { echoCancellation: true, noiseSuppression: true, ...exactly(wish.microphone) };
  // A chosen device may be unplugged by now, and a host without a microphone can still show things.
  const attempts = [
    { video, audio },
    { video: cameraConstraints, audio: true },
    { video: cameraConstraints },
  ];
  let missing: unknown;
  for (const constraints of attempts) {
    try {
      return await navigator.mediaDevices.getUserMedia(constraints);
    } catch (error) {
      if (faultOf(error) !== 'missing') throw error;
      missing = error;
    }
  }
  throw missing;
}

function exactly(deviceId: string | undefined): MediaTrackConstraints {
  return deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
}

function faultOf(error: unknown): CameraFault {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  return 'busy';
}
