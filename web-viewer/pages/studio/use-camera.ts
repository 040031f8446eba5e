import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Capture, type CaptureState, createCapture } from '../../media/capture/capture.ts';
import { keepDeviceWish, readDeviceWish } from '../../media/capture/device-memory.ts';
import type { DeviceWish } from '../../media/capture/devices.ts';
import { createPlate } from '../../media/capture/plate.ts';

export interface Camera {
  readonly state: CaptureState;
  readonly devices: readonly MediaDeviceInfo[];
  choose(wish: DeviceWish): void;
  retry(): void;
  setCamera(on: boolean): void;
  setMicrophone(on: boolean): void;
  setScreen(on: boolean): void;
}

/**
 * The host's camera, screen and microphone: asked for at once, and let go when the page is left. While it is not
 * `isWanted` (an encoder sends the picture) no device is open.
 */
export function useCamera(isWanted: boolean): Camera {
  const { t } = useTranslation();
  const [state, setState] = useState<CaptureState>({ kind: 'asking' });
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  const [capture, setCapture] = useState<Capture>();
  const plateWords = t('broadcast.plate');

  useEffect(() => {
    if (!isWanted) return;
    const media: MediaDevices | undefined = navigator.mediaDevices;
    const opened = createCapture({
      devices: media,
      wish: readDeviceWish(),
      makePlate: () => createPlate(plateWords),
      onState: setState,
    });
    const onDevices = (): void => opened.devicesChanged();
    media?.addEventListener('devicechange', onDevices);
    opened.start();
    setCapture(opened);
    return () => {
      media?.removeEventListener('devicechange', onDevices);
      opened.close();
      setCapture(undefined);
      setState({ kind: 'asking' });
    };
  }, [isWanted, plateWords]);

  const isReady = state.kind === 'ready';
  useEffect(() => {
    const media: MediaDevices | undefined = navigator.mediaDevices;
    if (!isReady || media === undefined) return;
    let isOver = false;
    const list = (): void => {
      // A list that cannot be read leaves the one that is known.
      media.enumerateDevices().then(
        (found) => !isOver && setDevices(found),
        () => undefined,
      );
    };
    list();
    media.addEventListener('devicechange', list);
    return () => {
      isOver = true;
      media.removeEventListener('devicechange', list);
    };
  }, [isReady]);

  const choose = useCallback(
    (wish: DeviceWish) => {
      keepDeviceWish(wish);
      capture?.choose(wish);
    },
    [capture],
  );
  return {
    state,
    devices,
    choose,
    retry: () => capture?.start(),
    setCamera: (on) => capture?.setCamera(on),
    setMicrophone: (on) => capture?.setMicrophone(on),
    setScreen: (on) => {
      if (!on) capture?.stopScreen();
      // Whoever closes the browser's question has thought better of it.
      else void capture?.shareScreen().catch(() => undefined);
    },
  };
}
