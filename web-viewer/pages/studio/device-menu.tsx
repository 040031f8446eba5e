import { Settings2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuChoice, MenuLabel, MenuSeparator } from '../../ui/menu.tsx';
import type { Camera } from './use-camera.ts';

/** Chooses camera and microphone, also while on air; the choice is kept for the next time. */
export function DeviceMenu({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const { state, devices, choose } = camera;
  if (state.kind !== 'ready') return null;
  const present = (tracks: readonly MediaStreamTrack[]): string => tracks[0]?.getSettings().deviceId ?? '';
  const optionsOf = (kind: MediaDeviceKind) =>
    devices
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map((device) => ({ value: device.deviceId, label: device.label }));
  const [videoId, audioId] = [present(state.stream.getVideoTracks()), present(state.stream.getAudioTracks())];
  const wish = {
    ...(state.source === 'camera' && videoId !== '' ? { camera: videoId } : {}),
    ...(audioId === '' ? {} : { microphone: audioId }),
  };
  return (
    <Menu
      trigger={
        <IconButton
          variant="glass"
          data-testid="devices"
          label={t('studio.devices')}
          icon={<Settings2 className="size-5" />}
        />
      }
    >
      <MenuLabel>{t('studio.camera')}</MenuLabel>
      <MenuChoice
        value={videoId}
        options={optionsOf('videoinput')}
        onChange={(id) => choose({ ...wish, camera: id })}
      />
      <MenuSeparator />
      <MenuLabel>{t('studio.microphone')}</MenuLabel>
      <MenuChoice
        value={audioId}
        options={optionsOf('audioinput')}
        onChange={(id) => choose({ ...wish, microphone: id })}
      />
    </Menu>
  );
}
