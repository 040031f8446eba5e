import type { ProductCard } from '@souk/protocol/catalog';
import type { ShowId } from '@souk/protocol/ids';
import { useMutation } from '@tanstack/react-query';
import { ListPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeed } from '../../api/hub.ts';
import { api } from '../../api/session.ts';
import type { ShowFeed } from '../../api/show-feed.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Sheet, SheetBody, SheetFooter } from '../../ui/sheet.tsx';
import { PickedList } from './picked-list.tsx';
import { ProductPicker } from './product-picker.tsx';

export interface EditLineupProps {
  showId: ShowId;
  lineup: readonly ProductCard[];
  feed: ShowFeed;
}

/** Opens the line-up for changes, before and during the show. */
export function EditLineup({ showId, lineup, feed }: EditLineupProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<readonly ProductCard[] | null>(null);
  const merchantId = useFeed(feed, (state) => state.show.facts?.merchantId);
  const saving = useMutation({
    mutationFn: (cards: readonly ProductCard[]) =>
      api.call('lineup:set', { params: { showId }, body: { productIds: cards.map(({ id }) => id) } }),
    onSuccess: () => setDraft(null),
  });
  const picked = draft ?? [];
  return (
    <>
      <IconButton
        size="small"
        label={t('studio.editLineup')}
        icon={<ListPlus className="size-4" />}
        onClick={() => setDraft(lineup)}
      />
      <Sheet
        open={draft !== null}
        onOpenChange={(open) => {
          if (!open) setDraft(null);
        }}
        title={t('studio.editLineup')}
      >
        <SheetBody>
          <div className="flex flex-col gap-5">
            <PickedList picked={picked} onChange={setDraft} />
            {merchantId !== undefined && (
              <ProductPicker
                isNarrow
                merchantId={merchantId}
                picked={picked.map(({ id }) => id)}
                onAdd={(product) =>
                  setDraft(picked.some(({ id }) => id === product.id) ? picked : [...picked, product])
                }
              />
            )}
          </div>
        </SheetBody>
        <SheetFooter>
          <div className="flex flex-col gap-2">
            <ErrorMessage error={saving.error} />
            <Button variant="accent" busy={saving.isPending} onClick={() => saving.mutate(picked)}>
              {t('common.save')}
            </Button>
          </div>
        </SheetFooter>
      </Sheet>
    </>
  );
}
