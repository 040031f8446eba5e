import { clsx } from 'clsx';
import { CameraOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PictureSource } from '../../media/capture/capture.ts';
import type { CaptureFault } from '../../media/capture/devices.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { LiveBadge } from '../../ui/live-badge.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PictureControls } from './broadcast/picture-controls.tsx';
import { HealthLine } from './health-line.tsx';
import type { Broadcast } from './use-broadcast.ts';
import type { Camera } from './use-camera.ts';

export interface BroadcastPanelProps {
  camera: Camera;
  broadcast: Broadcast;
  isOnAir: boolean;
}

/** The own picture, how well it goes out, and what to do when it does not. */
export function BroadcastPanel({ camera, broadcast, isOnAir }: BroadcastPanelProps) {
  const { t } = useTranslation();
  const { state } = camera;
  return (
    <section aria-label={t('studio.preview')} className="flex flex-col gap-2">
      <div className="on-stage relative aspect-video overflow-hidden rounded-large bg-stage text-on-stage">
        {state.kind === 'asking' && <Skeleton className="absolute inset-0 rounded-none" />}
        {state.kind === 'ready' && <Preview stream={state.stream} source={state.source} />}
        {state.kind === 'fault' && <Fault fault={state.fault} onRetry={camera.retry} />}
        <div className="absolute start-3 top-3 flex gap-2">{isOnAir && <LiveBadge />}</div>
        <PictureControls camera={camera} />
      </div>
      <CaptureNotices camera={camera} />
      <HealthLine broadcast={broadcast} isOnAir={isOnAir} />
      {broadcast.state === 'taken-over' && (
        <Button size="small" variant="outline" onClick={broadcast.resume}>
          {t('studio.continueHere')}
        </Button>
      )}
      {broadcast.state === 'failed' && (
        <ErrorMessage
          error={broadcast.error}
          action={
            <Button size="small" onClick={broadcast.resume}>
              {t('common.retry')}
            </Button>
          }
        />
      )}
    </section>
  );
}

/** What viewers miss at the moment, so that no host talks into a muted microphone for long. */
function CaptureNotices({ camera: { state } }: { camera: Camera }) {
  const { t } = useTranslation();
  if (state.kind !== 'ready') return null;
  const notices = [
    state.fault === null ? null : t(`broadcast.faults.${state.fault}`),
    state.isMicrophoneOn === true ? null : t('broadcast.silent'),
    state.source === 'plate' ? t('broadcast.cameraIsOff') : null,
  ].filter((notice) => notice !== null);
  if (notices.length === 0) return null;
  return (
    <p role="status" data-testid="capture-notice" className="text-sm font-medium text-danger-text">
      {notices.join(' ')}
    </p>
  );
}

function Preview({ stream, source }: { stream: MediaStream; source: PictureSource }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  const facing = stream.getVideoTracks()[0]?.getSettings().facingMode;
  return (
    <video
      ref={video}
      data-testid="preview"
      data-source={source}
      autoPlay
      muted
      playsInline
      // People know themselves from the mirror; what looks away, and what has letters, must not be mirrored.
      className={clsx(
        'size-full',
        source === 'screen' ? 'object-contain' : 'object-cover',
        source === 'camera' && facing !== 'environment' && '-scale-x-100',
      )}
    />
  );
}

function Fault({ fault, onRetry }: { fault: CaptureFault; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div
      data-testid="camera-fault"
      data-fault={fault}
      className="absolute inset-0 grid place-content-center justify-items-center gap-2 p-4 text-center text-sm"
    >
      <CameraOff aria-hidden className="size-6" />
      <p className="text-on-stage-muted">{t(`broadcast.faults.${fault}`)}</p>
      <Button size="small" variant="soft" onClick={onRetry}>
        {t('common.retry')}
      </Button>
    </div>
  );
}
