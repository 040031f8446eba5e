import { Settings2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuChoice, MenuLabel, MenuSeparator } from '../../ui/menu.tsx';
import type { Camera } from './use-camera.ts';

/** Chooses camera and microphone, also while on air. Hidden where there is nothing to choose. */
export function DeviceMenu({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const { state, devices, choose } = camera;
  if (state.kind !== 'ready') return null;
  const present = (kind: 'audio' | 'video'): string => {
    const tracks = kind === 'audio' ? state.stream.getAudioTracks() : state.stream.getVideoTracks();
    return tracks[0]?.getSettings().deviceId ?? '';
  };
  const optionsOf = (kind: MediaDeviceKind) =>
    devices
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map((device) => ({ value: device.deviceId, label: device.label }));
  const [videoId, audioId] = [present('video'), present('audio')];
  return (
    <Menu
      trigger={
        <IconButton
          variant="glass"
          size="small"
          label={t('studio.devices')}
          icon={<Settings2 className="size-4" />}
        />
      }
    >
      <MenuLabel>{t('studio.camera')}</MenuLabel>
      <MenuChoice
        value={videoId}
        options={optionsOf('videoinput')}
        onChange={(id) => choose({ camera: id, ...(audioId === '' ? {} : { microphone: audioId }) })}
      />
      <MenuSeparator />
      <MenuLabel>{t('studio.microphone')}</MenuLabel>
      <MenuChoice
        value={audioId}
        options={optionsOf('audioinput')}
        onChange={(id) => choose({ microphone: id, ...(videoId === '' ? {} : { camera: videoId }) })}
      />
    </Menu>
  );
}
