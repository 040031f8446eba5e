import type { ProductCard } from '@souk/protocol/catalog';
import type { Merchant } from '@souk/protocol/http/desk';
import { limits } from '@souk/protocol/limits';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { PickedList } from './picked-list.tsx';
import { ProductPicker } from './product-picker.tsx';
import { useDefaultTitle } from './use-default-title.ts';

/** Title and line-up of a new show, both of which can wait; ends in its studio. */
export function CreateShowForm({ merchants }: { merchants: readonly [Merchant, ...Merchant[]] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const defaultTitle = useDefaultTitle();
  const [merchantId, setMerchantId] = useState(merchants[0].id);
  const [title, setTitle] = useState('');
  const [picked, setPicked] = useState<ProductCard[]>([]);
  const productIds = picked.map(({ id }) => id);
  const creating = useMutation({
    mutationFn: () =>
      api.call('show:create', {
        body: { merchantId, title: title.trim() || defaultTitle, productIds },
      }),
    onSuccess: ({ show }) => navigate(`/studio/${show.id}`),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    creating.mutate();
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
        <ProductPicker
          merchantId={merchantId}
          picked={productIds}
          onAdd={(product) =>
            setPicked((cards) => (cards.some(({ id }) => id === product.id) ? cards : [...cards, product]))
          }
        />
      </section>
      <Card className="order-1 flex flex-col gap-4 lg:sticky lg:top-24 lg:order-2">
        <Field
          data-testid="show-title"
          label={t('studio.title')}
          placeholder={defaultTitle}
          maxLength={limits.showTitleLength}
          value={title}
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
          <PickedList picked={picked} onChange={setPicked} />
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
