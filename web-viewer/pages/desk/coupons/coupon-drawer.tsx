import type { Coupon, CouponDraft } from '@souk/protocol/http/coupons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/session.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { benefitText } from '../../../shop/coupon/benefit-text.ts';
import { Button } from '../../../ui/button.tsx';
import { Drawer } from '../../../ui/drawer.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { SheetBody, SheetFooter } from '../../../ui/sheet.tsx';
import { Switch } from '../../../ui/switch.tsx';
import { showToast } from '../../../ui/toast.tsx';
import type { Faults } from '../field-faults.ts';
import { useDesk } from '../use-desk.ts';
import { useFocusFault } from '../use-focus-fault.ts';
import { BenefitFields } from './benefit-fields.tsx';
import {
  type CouponFault,
  couponFormOf,
  emptyCouponForm,
  readCouponForm,
  refusedCouponFields,
} from './coupon-form.ts';
import { TermsFields } from './terms-fields.tsx';

export interface CouponDrawerProps {
  editing: Coupon | 'new' | null;
  onClose: () => void;
}

/** Makes a coupon, or changes the terms of one. */
export function CouponDrawer({ editing, onClose }: CouponDrawerProps) {
  const { t } = useTranslation();
  const { money } = useFormat();
  // What was shown stays while the drawer slides out.
  const last = useRef(editing);
  last.current = editing ?? last.current;
  const coupon = last.current === 'new' || last.current === null ? undefined : last.current;
  return (
    <Drawer
      open={editing !== null}
      onOpenChange={(open) => !open && onClose()}
      title={coupon === undefined ? t('coupons.new') : <bdi className="font-mono">{coupon.code}</bdi>}
      description={coupon === undefined ? undefined : benefitText(coupon, t, money)}
    >
      <CouponEditor key={coupon?.id ?? 'new'} coupon={coupon} onDone={onClose} />
    </Drawer>
  );
}

function CouponEditor({ coupon, onDone }: { coupon: Coupon | undefined; onDone: () => void }) {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const client = useQueryClient();
  const [form, setForm] = useState(() => (coupon === undefined ? emptyCouponForm : couponFormOf(coupon)));
  const [faults, setFaults] = useState<Faults<CouponFault>>({});
  const saving = useMutation({
    mutationFn: (draft: CouponDraft) => {
      if (coupon === undefined)
        return api.call('coupon:create', { params: { merchantId: merchant.id }, body: draft });
      const { code: _code, benefit: _benefit, ...terms } = draft;
      const params = { merchantId: merchant.id, couponId: coupon.id };
      return api.call('coupon:update', { params, body: terms });
    },
    onSuccess: () => {
      showToast(t('coupons.saved'), { tone: 'success' });
      // The drawer may be opened for the next one before it has slid out.
      if (coupon === undefined) setForm(emptyCouponForm);
      onDone();
    },
    onError: (error) => setFaults(refusedCouponFields(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['coupons', merchant.id] }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readCouponForm(form, merchant.currency);
    setFaults(read.kind === 'faults' ? read.faults : {});
    if (read.kind === 'draft') saving.mutate(read.draft);
  };
  const fields = {
    form,
    currency: merchant.currency,
    change: (change: Partial<typeof form>) => setForm((present) => ({ ...present, ...change })),
    errorOf: (field: string): string | undefined => {
      const fault = faults[field];
      return fault === undefined ? undefined : t(`coupons.faults.${fault}`);
    },
  };
  return (
    <form
      ref={useFocusFault(faults)}
      onSubmit={submit}
      noValidate
      className="flex min-h-0 flex-1 flex-col"
      data-testid="coupon-form"
    >
      <SheetBody className="flex flex-col gap-5">
        {coupon === undefined && <BenefitFields {...fields} />}
        <TermsFields {...fields} />
        {coupon !== undefined && (
          <Switch
            label={t('coupons.enabled')}
            hint={t('coupons.enabledHint')}
            checked={form.isEnabled}
            onChange={(isEnabled) => fields.change({ isEnabled })}
          />
        )}
      </SheetBody>
      <SheetFooter className="flex flex-col gap-3">
        <ErrorMessage error={saving.error} />
        <Button type="submit" variant="accent" data-testid="save-coupon" busy={saving.isPending}>
          {coupon === undefined ? t('coupons.create') : t('common.save')}
        </Button>
      </SheetFooter>
    </form>
  );
}
