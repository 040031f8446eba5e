import type { ShowId } from '@souk/protocol/ids';
import { CalendarPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShowFeed } from '../../api/show-feed.ts';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { ErrorMessage, ErrorNotice } from '../../ui/error-message.tsx';
import { SheetBody, SheetFooter } from '../../ui/sheet.tsx';
import { CountdownField, SaleFigures, SaleOffer, StartField, TotalLimitField } from './sale-fields.tsx';
import { useSaleForm } from './use-sale-form.ts';

export interface ScheduleSaleProps {
  feed: ShowFeed;
  showId: ShowId;
}

/** Plans a sale of a show that is not on air yet. */
export function ScheduleSale({ feed, showId }: ScheduleSaleProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" variant="outline" data-testid="schedule-sale" onClick={() => setOpen(true)}>
        <CalendarPlus aria-hidden className="size-4" />
        {t('studio.scheduleSale')}
      </Button>
      <Drawer
        open={isOpen}
        onOpenChange={setOpen}
        title={t('studio.scheduleSale')}
        description={t('studio.scheduleText')}
      >
        <ScheduleForm feed={feed} showId={showId} onDone={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

function ScheduleForm({ feed, showId, onDone }: ScheduleSaleProps & { onDone: () => void }) {
  const { t } = useTranslation();
  const form = useSaleForm(feed, showId, onDone);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    form.submit(true);
  };
  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-1 flex-col">
      <SheetBody className="flex flex-col gap-4">
        {form.offers.length === 0 && <p className="text-sm text-text-muted">{t('studio.lineupFirst')}</p>}
        <SaleOffer form={form} />
        <SaleFigures form={form} />
        <div className="grid grid-cols-2 gap-2">
          <StartField form={form} />
          <CountdownField form={form} />
          <TotalLimitField form={form} />
        </div>
      </SheetBody>
      <SheetFooter className="flex flex-col gap-3">
        {form.isUnreadable ? (
          <ErrorNotice code="INVALID_INPUT" />
        ) : (
          <ErrorMessage error={form.starting.error} />
        )}
        <Button
          type="submit"
          variant="accent"
          data-testid="schedule-submit"
          busy={form.starting.isPending}
          disabled={form.offer === undefined}
        >
          {t('studio.scheduleSale')}
        </Button>
      </SheetFooter>
    </form>
  );
}
