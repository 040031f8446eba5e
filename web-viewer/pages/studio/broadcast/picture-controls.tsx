import { Mic, MicOff, MonitorUp, MonitorX, Video, VideoOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../ui/icon-button.tsx';
import { DeviceMenu } from '../device-menu.tsx';
import type { Camera } from '../use-camera.ts';

/** Microphone, camera, screen and devices, at the picture's lower edge. What is off is red. */
export function PictureControls({ camera }: { camera: Camera }) {
  const { t } = useTranslation();
  const { state } = camera;
  if (state.kind !== 'ready') return null;
  const { source, isMicrophoneOn } = state;
  const canShare = navigator.mediaDevices?.getDisplayMedia !== undefined;
  return (
    <div className="absolute inset-x-0 bottom-0 flex justify-center gap-2 bg-linear-to-t from-stage/75 to-transparent p-2 pt-8">
      <Toggle
        name="microphone"
        isOn={isMicrophoneOn === true}
        label={microphoneLabel(isMicrophoneOn)}
        icon={isMicrophoneOn === true ? <Mic className="size-5" /> : <MicOff className="size-5" />}
        onPress={() => camera.setMicrophone(isMicrophoneOn !== true)}
      />
      <Toggle
        name="camera"
        isOn={source !== 'plate'}
        label={source === 'plate' ? t('broadcast.cameraOn') : t('broadcast.cameraOff')}
        icon={source === 'plate' ? <VideoOff className="size-5" /> : <Video className="size-5" />}
        isDisabled={source === 'screen'}
        onPress={() => camera.setCamera(source === 'plate')}
      />
      {canShare && (
        <Toggle
          name="screen"
          isOn
          label={source === 'screen' ? t('broadcast.stopScreen') : t('broadcast.shareScreen')}
          icon={source === 'screen' ? <MonitorX className="size-5" /> : <MonitorUp className="size-5" />}
          onPress={() => camera.setScreen(source !== 'screen')}
        />
      )}
      <DeviceMenu camera={camera} />
    </div>
  );

  function microphoneLabel(isOn: boolean | null): string {
    if (isOn === null) return t('broadcast.noMicrophone');
    return isOn ? t('broadcast.microphoneOff') : t('broadcast.microphoneOn');
  }
}

interface ToggleProps {
  name: string;
  isOn: boolean;
  label: string;
  icon: ReactNode;
  isDisabled?: boolean;
  onPress: () => void;
}

function Toggle({ name, isOn, label, icon, isDisabled = false, onPress }: ToggleProps) {
  return (
    <IconButton
      variant="glass"
      data-testid={`toggle-${name}`}
      data-on={isOn}
      aria-pressed={isOn}
      disabled={isDisabled}
      label={label}
      icon={icon}
      onClick={onPress}
      className={isOn ? '' : 'border-transparent bg-danger! text-on-danger! hover:bg-danger-hover!'}
    />
  );
}
