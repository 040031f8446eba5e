import { clsx } from 'clsx';
import { CameraOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { LiveBadge } from '../../ui/live-badge.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeviceMenu } from './device-menu.tsx';
import { HealthLine } from './health-line.tsx';
import type { Broadcast } from './use-broadcast.ts';
import type { Camera, CameraFault } from './use-camera.ts';

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
        {state.kind === 'ready' && <Preview stream={state.stream} />}
        {state.kind === 'fault' && <Fault fault={state.fault} onRetry={camera.retry} />}
        <div className="absolute start-3 top-3 flex gap-2">{isOnAir && <LiveBadge />}</div>
        <div className="absolute end-2 top-2">
          <DeviceMenu camera={camera} />
        </div>
      </div>
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

function Preview({ stream }: { stream: MediaStream }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  const facing = stream.getVideoTracks()[0]?.getSettings().facingMode;
  return (
    <video
      ref={video}
      data-testid="preview"
      autoPlay
      muted
      playsInline
      // People know themselves from the mirror; a camera that looks away must not be mirrored.
      className={clsx('size-full object-cover', facing !== 'environment' && '-scale-x-100')}
    />
  );
}

function Fault({ fault, onRetry }: { fault: CameraFault; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="absolute inset-0 grid place-content-center justify-items-center gap-2 p-4 text-center text-sm">
      <CameraOff aria-hidden className="size-6" />
      <p className="text-on-stage-muted">{t(`studio.cameraFaults.${fault}`)}</p>
      <Button size="small" variant="soft" onClick={onRetry}>
        {t('common.retry')}
      </Button>
    </div>
  );
}
