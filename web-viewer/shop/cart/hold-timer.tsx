import type { Hold } from '@souk/protocol/http/buying';
import { useTranslation } from 'react-i18next';
import { Countdown } from '../../ui/countdown.tsx';
import { HoldRing } from '../../ui/hold-ring.tsx';
import { holdSpanMs } from './use-holds.ts';

/** The time that is left, as a ring and in words. */
export function HoldTimer({ hold, withNote }: { hold: Hold; withNote: boolean }) {
  const { t } = useTranslation();
  return (
    <p className="flex items-center gap-3 rounded-small bg-accent-soft px-3 py-2 text-sm">
      <HoldRing expiresAt={hold.expiresAt} totalMs={holdSpanMs(hold)} className="size-9" />
      <span>
        <span className="block font-medium">
          {t('shop.heldFor')}{' '}
          <Countdown
            endsAt={hold.expiresAt}
            urgentMs={20_000}
            data-testid="hold-countdown"
            className="text-base"
          />
        </span>
        {withNote && <span className="block text-text-muted">{t('shop.heldNote')}</span>}
      </span>
    </p>
  );
}
