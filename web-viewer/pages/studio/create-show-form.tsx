import type { Merchant } from '@souk/protocol/http/desk';
import type { ProductId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PickedList } from './picked-list.tsx';
import { ProductPicker } from './product-picker.tsx';

/** Title and line-up of a new show; ends in its studio. */
export function CreateShowForm({ merchants }: { merchants: readonly [Merchant, ...Merchant[]] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const titleRef = useRef<HTMLInputElement>(null);
  const [merchantId, setMerchantId] = useState(merchants[0].id);
  const [title, setTitle] = useState('');
  const [isUntitled, setUntitled] = useState(false);
  const [picked, setPicked] = useState<ProductId[]>([]);
  const products = useQuery({
    queryKey: ['products', merchantId],
    queryFn: ({ signal }) => api.call('product:list', { params: { merchantId } }, { signal }),
  });
  const creating = useMutation({
    mutationFn: () => api.call('show:create', { body: { merchantId, title, productIds: picked } }),
    onSuccess: ({ show }) => navigate(`/studio/${show.id}`),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setUntitled(title.trim() === '');
    if (title.trim() === '') titleRef.current?.focus();
    else creating.mutate();
  };
  const chooseMerchant = (id: string): void => {
    const merchant = merchants.find((candidate) => candidate.id === id);
    if (merchant === undefined) return;
    setMerchantId(merchant.id);
    setPicked([]);
  };

  return (
    <form onSubmit={submit} className="grid items-start gap-6 lg:grid-cols-[1fr_20rem]">
      <section aria-labelledby="pick-products" className="order-2 flex flex-col gap-3 lg:order-1">
        <h2 id="pick-products" className="text-lg font-semibold">
          {t('studio.pickProducts')}
        </h2>
        {products.data === undefined && !products.isError && <PickerSkeleton />}
        <ErrorMessage error={products.error} />
        <ProductPicker
          products={products.data?.products ?? []}
          picked={picked}
          onAdd={(id) => setPicked((ids) => (ids.includes(id) ? ids : [...ids, id]))}
        />
      </section>
      <Card className="order-1 flex flex-col gap-4 lg:sticky lg:top-24 lg:order-2">
        <Field
          ref={titleRef}
          data-testid="show-title"
          label={t('studio.title')}
          placeholder={t('studio.titleExample')}
          maxLength={limits.showTitleLength}
          value={title}
          error={isUntitled && title.trim() === '' ? t('studio.titleMissing') : undefined}
          onChange={(event) => setTitle(event.target.value)}
        />
        {merchants.length > 1 && (
          <Select
            label={t('studio.merchant')}
            value={merchantId as string}
            options={merchants.map(({ id, name }) => ({ value: id as string, label: name }))}
            onChange={chooseMerchant}
          />
        )}
        <div className="flex flex-col gap-2">
          <h3 className="text-sm font-medium">{t('studio.lineup')}</h3>
          <PickedList products={products.data?.products ?? []} picked={picked} onChange={setPicked} />
        </div>
        <ErrorMessage error={creating.error} />
        <Button
          type="submit"
          variant="accent"
          size="large"
          data-testid="create-show"
          busy={creating.isPending}
        >
          {t('studio.create')}
        </Button>
      </Card>
    </form>
  );
}

function PickerSkeleton() {
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => (
        <Skeleton key={key} className="aspect-square rounded-large" />
      ))}
    </div>
  );
}
