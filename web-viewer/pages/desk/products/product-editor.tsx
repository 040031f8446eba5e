import type { DeskProduct } from '@souk/protocol/http/catalog';
import { ChevronLeft } from 'lucide-react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { ErrorMessage, ErrorNotice } from '../../../ui/error-message.tsx';
import { Field } from '../../../ui/field.tsx';
import { TextArea } from '../../../ui/text-area.tsx';
import { useTitle } from '../../staff/use-title.ts';
import { useDeskLink } from '../use-desk.ts';
import { useFocusFault } from '../use-focus-fault.ts';
import { useUnsavedGuard } from '../use-unsaved-guard.tsx';
import { ArchiveCard } from './archive-card.tsx';
import { ConcernedSkus } from './concerned-skus.tsx';
import { OptionNames } from './option-names.tsx';
import { PicturesField } from './pictures-field.tsx';
import { type ProductEditing, useProductEditor } from './use-product-editor.ts';
import { VariantList } from './variant-list.tsx';

/** Everything of one product on one page, saved by one button. */
export function ProductEditor({ product }: { product: DeskProduct | undefined }) {
  const { t } = useTranslation();
  const link = useDeskLink();
  const editing = useProductEditor(product);
  const guard = useUnsavedGuard(editing.isDirty);
  const title = product === undefined ? t('catalog.newProduct') : product.title;
  useTitle(title);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    editing.save();
  };
  return (
    <form
      ref={useFocusFault(editing.faults)}
      onSubmit={submit}
      noValidate
      inert={editing.isClosed}
      className="flex flex-col gap-5"
      data-testid="product-editor"
    >
      {guard}
      <header className="flex items-center gap-3">
        <Button asChild variant="ghost" size="small" className="-ms-2">
          <Link to={link('products')}>
            <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
            {t('desk.products')}
          </Link>
        </Button>
        <h2 className="min-w-0 flex-1 truncate text-lg font-semibold">{title}</h2>
        {product?.isArchived === true && <Badge>{t('catalog.archived')}</Badge>}
      </header>
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Words editing={editing} />
          <Card className="flex flex-col gap-5">
            <OptionNames editing={editing} />
            <VariantList editing={editing} />
          </Card>
        </div>
        <div className="flex flex-col gap-5">
          <PicturesField pictures={editing.pictures} onChange={editing.setPictures} />
          {product !== undefined && <ArchiveCard product={product} />}
        </div>
      </div>
      <SaveBar editing={editing} />
    </form>
  );
}

function Words({ editing }: { editing: ProductEditing }) {
  const { t } = useTranslation();
  const { form, faults, change } = editing;
  return (
    <Card className="flex flex-col gap-4">
      <Field
        data-testid="product-title"
        label={t('catalog.title')}
        maxLength={120}
        value={form.title}
        error={faults['title'] === undefined ? undefined : t(`catalog.faults.${faults['title']}`)}
        onChange={(event) => change({ title: event.target.value })}
      />
      <TextArea
        data-testid="product-description"
        label={t('catalog.description')}
        maxLength={2_000}
        value={form.description}
        error={faults['description'] === undefined ? undefined : t(`catalog.faults.${faults['description']}`)}
        onChange={(event) => change({ description: event.target.value })}
      />
    </Card>
  );
}

/** Stays in sight at the bottom, so that saving is one press away however many variants there are. */
function SaveBar({ editing }: { editing: ProductEditing }) {
  const { t } = useTranslation();
  const { saving, faults, isChanged } = editing;
  const hasFaults = Object.keys(faults).length > 0;
  return (
    <div className="sticky bottom-0 z-10 -mx-4 -mb-8 flex flex-col gap-3 border-t border-line bg-surface/95 px-4 py-3 pb-[max(0.75rem,var(--safe-bottom))] backdrop-blur-md sm:-mx-6 sm:-mb-10 sm:px-6">
      {saving.isError ? (
        <>
          <ErrorMessage error={saving.error} />
          <ConcernedSkus skus={editing.concerned} />
        </>
      ) : (
        hasFaults && <ErrorNotice code="INVALID_INPUT" />
      )}
      <div className="flex items-center justify-end gap-3">
        <span className="text-sm text-text-muted" aria-live="polite">
          {isChanged ? t('desk.unsaved') : ''}
        </span>
        <Button
          type="submit"
          variant="accent"
          data-testid="save-product"
          busy={saving.isPending}
          disabled={!isChanged}
        >
          {t('common.save')}
        </Button>
      </div>
    </div>
  );
}
