import type { DeskProduct } from '@souk/protocol/http/catalog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Archive, ArchiveRestore } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { useDesk } from '../use-desk.ts';
import { ConcernedSkus } from './concerned-skus.tsx';
import { foreignSkus } from './product-faults.ts';

/** Takes a product out of the shop, or brings it back; nothing is lost by it. */
export function ArchiveCard({ product }: { product: DeskProduct }) {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const client = useQueryClient();
  const archiving = useMutation({
    mutationFn: (isArchived: boolean) =>
      api.call('product:archive', {
        params: { merchantId: merchant.id, productId: product.id },
        body: { isArchived },
      }),
    onSuccess: (answer) => {
      client.setQueryData(['desk-product', product.id], answer);
      return Promise.all(
        ['desk-products', 'products'].map((key) =>
          client.invalidateQueries({ queryKey: [key, merchant.id] }),
        ),
      );
    },
  });
  const { isArchived } = product;
  return (
    <Card className="flex flex-col gap-3">
      <p className="text-sm text-text-muted">
        {isArchived ? t('catalog.archivedText') : t('catalog.archiveText')}
      </p>
      <ErrorMessage error={archiving.error} />
      <ConcernedSkus skus={foreignSkus(archiving.error, [])} />
      <Button
        variant={isArchived ? 'solid' : 'danger-soft'}
        data-testid="archive"
        busy={archiving.isPending}
        onClick={() => archiving.mutate(!isArchived)}
      >
        {isArchived ? (
          <ArchiveRestore aria-hidden className="size-4" />
        ) : (
          <Archive aria-hidden className="size-4" />
        )}
        {isArchived ? t('catalog.restore') : t('catalog.archive')}
      </Button>
    </Card>
  );
}
