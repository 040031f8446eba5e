import { CircleAlert, CircleCheck, Undo2 } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorCodeOf } from '../../../api/api-error.ts';
import { Button } from '../../../ui/button.tsx';
import { KeyHint } from '../key-hint.tsx';
import { actText } from './act-text.ts';
import { type Deed, type Deeds, isUndoable } from './deeds.ts';
import { useDeedList } from './use-deeds.ts';

const TICK_MS = 500;

export interface ActLineProps {
  deeds: Deeds;
  /** The key that takes the last act back; left out where there is none. */
  undoKey?: string;
  /** Stands there until something was done. */
  children?: ReactNode;
}

/** What was done last, and the way back for ten seconds. The line keeps its height, so that nothing moves. */
export function ActLine({ deeds, undoKey, children }: ActLineProps) {
  const { t } = useTranslation();
  const list = useDeedList(deeds);
  const undoable = list.findLast(({ undoUntil }) => undoUntil !== null);
  const now = useOwnNow(undoable?.undoUntil ?? 0);
  const last = list.findLast(({ state }) => state !== 'sending');
  const canUndo = undoable !== undefined && isUndoable(undoable, now);
  return (
    <div className="flex min-h-11 items-center gap-2 text-sm pointer-fine:min-h-9">
      <div role="status" className="min-w-0 flex-1" data-testid="act-line">
        {last === undefined ? children : <Outcome deed={last} />}
      </div>
      {canUndo && (
        <Button
          size="small"
          variant="outline"
          data-testid="undo"
          aria-keyshortcuts={undoKey}
          onClick={() => deeds.undoLast()}
        >
          <Undo2 aria-hidden className="size-4 rtl:-scale-x-100" />
          {t('staff.undo')}
          {undoKey !== undefined && <KeyHint>{undoKey.toUpperCase()}</KeyHint>}
          <span aria-hidden className="figures w-5 text-end text-text-muted">
            {Math.ceil(((undoable.undoUntil ?? now) - now) / 1_000)}
          </span>
        </Button>
      )}
    </div>
  );
}

function Outcome({ deed }: { deed: Deed }) {
  const { t } = useTranslation();
  if (deed.state === 'failed') {
    const code = errorCodeOf(deed.error);
    return (
      <p data-testid="error-message" data-code={code} className="flex items-center gap-2 text-danger-text">
        <CircleAlert aria-hidden className="size-4 shrink-0" />
        <span className="min-w-0 wrap-anywhere">{t(`errors.${code}`)}</span>
      </p>
    );
  }
  return (
    <p className="flex items-center gap-2">
      <CircleCheck aria-hidden className="size-4 shrink-0 text-success-text" />
      <span className="min-w-0 truncate">{actText(deed.act, t)}</span>
    </p>
  );
}

/** The clock of `performance.now()`, drawn anew until that instant has passed. */
function useOwnNow(until: number): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const look = (): void => {
      setNow(performance.now());
      if (performance.now() > until) clearInterval(timer);
    };
    const timer = setInterval(look, TICK_MS);
    look();
    return () => clearInterval(timer);
  }, [until]);
  return now;
}
