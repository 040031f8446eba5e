import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { KeyHint } from './key-hint.tsx';
import { GRACE_MS, type Grace } from './use-grace.ts';

const TICK_MS = 200;

export interface GraceBarProps {
  grace: Grace;
  /** What is about to happen, for this many seconds left. */
  text: (seconds: number) => string;
  /** The key that goes back, where there is one. */
  undoKey?: string;
}

/** Says what happens in a few seconds, and offers the way back and the way on. Nothing while no step waits. */
export function GraceBar({ grace, text, undoKey }: GraceBarProps) {
  const { t } = useTranslation();
  const leftMs = useTimeLeft(grace.dueAt);
  if (grace.dueAt === null) return null;
  // Above whatever is open, and pressed there too: an open window takes the presses from all that lies outside of it.
  return createPortal(
    <div
      role="alertdialog"
      aria-label={text(Math.ceil(leftMs / 1000))}
      className="pointer-events-auto fixed inset-x-0 bottom-[calc(var(--safe-bottom)+1rem)] z-60 mx-auto w-[min(34rem,calc(100vw-2rem))] animate-rise overflow-hidden rounded-large bg-text text-surface shadow-float"
    >
      <div className="flex flex-wrap items-center justify-end gap-2 px-4 py-3">
        <p className="figures min-w-40 flex-1 font-semibold">{text(Math.ceil(leftMs / 1000))}</p>
        <Button variant="inverse" onClick={grace.finish}>
          {t('staff.graceNow')}
        </Button>
        <Button variant="accent" data-testid="keep-going" onClick={grace.keepGoing}>
          {t('staff.graceKeepGoing')}
          {undoKey !== undefined && <KeyHint>{undoKey}</KeyHint>}
        </Button>
      </div>
      <div
        aria-hidden
        className="h-1 origin-left bg-accent transition-transform duration-200 ease-linear rtl:origin-right"
        style={{ transform: `scaleX(${leftMs / GRACE_MS})` }}
      />
    </div>,
    document.body,
  );
}

function useTimeLeft(dueAt: number | null): number {
  const [leftMs, setLeftMs] = useState(GRACE_MS);
  useEffect(() => {
    if (dueAt === null) return;
    const look = (): void => setLeftMs(Math.max(0, dueAt - performance.now()));
    look();
    const timer = window.setInterval(look, TICK_MS);
    return () => window.clearInterval(timer);
  }, [dueAt]);
  return leftMs;
}
