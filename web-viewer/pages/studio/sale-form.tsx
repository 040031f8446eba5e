import type { ShowId } from '@souk/protocol/ids';
import { clsx } from 'clsx';
import { CalendarClock, ChevronDown, Zap } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShowFeed } from '../../api/show-feed.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage, ErrorNotice } from '../../ui/error-message.tsx';
import { CountdownSelect, MoreSaleFields, SaleFigures, SaleOffer } from './sale-fields.tsx';
import { useSaleForm } from './use-sale-form.ts';

export interface SaleFormProps {
  feed: ShowFeed;
  showId: ShowId;
}

/** Starts a flash sale with few presses: the last settings stand there, the pinned product comes first. */
export function SaleForm({ feed, showId }: SaleFormProps) {
  const { t } = useTranslation();
  const [isMore, setMore] = useState(false);
  const form = useSaleForm(feed, showId);
  const isScheduled = form.fields.startsAt !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    form.submit(false);
  };
  return (
    <form onSubmit={submit} noValidate aria-labelledby="sale-title" className="flex flex-col gap-2">
      <header className="-my-1 flex items-center justify-between">
        <h2 id="sale-title" className="text-sm font-semibold">
          {t('studio.flashSale')}
        </h2>
        <Button
          variant="ghost"
          size="small"
          className="-me-2 text-text-muted"
          data-testid="sale-more"
          aria-expanded={isMore}
          onClick={() => setMore(!isMore)}
        >
          {t('common.more')}
          <ChevronDown aria-hidden className={clsx('size-4 transition-transform', isMore && 'rotate-180')} />
        </Button>
      </header>
      <SaleOffer form={form} />
      <SaleFigures form={form} />
      {(isMore || isScheduled) && <MoreSaleFields form={form} />}
      {form.isUnreadable ? (
        <ErrorNotice code="INVALID_INPUT" />
      ) : (
        <ErrorMessage error={form.starting.error} />
      )}
      {/* At hand however long the form is, where it has a column of its own to scroll in. */}
      <div className="grid grid-cols-[7rem_1fr] gap-2 rounded-b-large bg-surface-raised pt-2 lg:sticky lg:bottom-0 lg:z-10 lg:-mx-3 lg:-mb-3 lg:px-3 lg:pb-3">
        <CountdownSelect form={form} />
        <Button
          type="submit"
          variant="solid"
          data-testid="sale-start"
          busy={form.starting.isPending}
          disabled={form.offer === undefined}
        >
          {isScheduled ? (
            <CalendarClock aria-hidden className="size-4" />
          ) : (
            <Zap aria-hidden className="size-4" />
          )}
          {isScheduled ? t('studio.scheduleSale') : t('studio.startSale')}
        </Button>
      </div>
    </form>
  );
}
