import { PackageOpen, Plus, Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../../api/session.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorMessage } from '../../../ui/error-message.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { Select } from '../../../ui/select.tsx';
import { MoreButton } from '../../staff/more-button.tsx';
import { usePages } from '../../staff/use-pages.ts';
import { ListSkeleton } from '../list-skeleton.tsx';
import { useDesk, useDeskLink } from '../use-desk.ts';
import { useSearchText } from '../use-search-text.ts';
import { ExportButton } from './export-button.tsx';
import { ProductRow } from './product-row.tsx';

type Archived = 'yes' | 'no';

/** The catalogue of the shop: what is in it, and the ways to add to it. */
export function ProductsTab() {
  const { t } = useTranslation();
  const link = useDeskLink();
  const { merchant } = useDesk();
  const { text, setText, search } = useSearchText();
  const [archived, setArchived] = useState<Archived>('no');
  const pages = usePages({
    queryKey: ['desk-products', merchant.id, search, archived],
    load: (cursor, signal) =>
      api.call(
        'desk:products',
        { params: { merchantId: merchant.id }, query: { cursor, search: search || undefined, archived } },
        { signal },
      ),
  });
  const list = pages.data?.pages.flatMap((page) => page.products) ?? [];
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2 max-sm:[&>*]:flex-1">
        <SearchField
          label={t('catalog.search')}
          value={text}
          onChange={setText}
          className="min-w-56 flex-1 max-sm:basis-full!"
          data-testid="product-search"
        />
        <Select<Archived>
          label={t('catalog.which')}
          labelHidden
          value={archived}
          options={[
            { value: 'no', label: t('catalog.inShop') },
            { value: 'yes', label: t('catalog.archived') },
          ]}
          onChange={setArchived}
          className="min-w-32"
        />
        <Button asChild variant="accent" className="sm:order-last">
          <Link to={link('products/new')} data-testid="new-product">
            <Plus aria-hidden className="size-4" />
            {t('catalog.newProduct')}
          </Link>
        </Button>
        <ExportButton />
        <Button asChild variant="outline">
          <Link to={link('products/import')} data-testid="import-link">
            <Upload aria-hidden className="size-4" />
            {t('catalog.import')}
          </Link>
        </Button>
      </div>
      <ErrorMessage error={pages.error} />
      {pages.data === undefined && !pages.isError && <ListSkeleton />}
      {pages.data !== undefined && list.length === 0 && <Nothing search={search} archived={archived} />}
      {list.length > 0 && (
        <ul className="divide-y divide-line overflow-hidden rounded-large border border-line bg-surface-raised">
          {list.map((product) => (
            <li key={product.id}>
              <ProductRow product={product} />
            </li>
          ))}
        </ul>
      )}
      <MoreButton pages={pages} />
    </div>
  );
}

function Nothing({ search, archived }: { search: string; archived: Archived }) {
  const { t } = useTranslation();
  if (search !== '' || archived === 'yes') {
    const text = search === '' ? t('catalog.nothingArchived') : t('catalog.nothingFound', { search });
    return <p className="py-10 text-center text-text-muted">{text}</p>;
  }
  return <EmptyState icon={<PackageOpen />} title={t('catalog.empty')} text={t('catalog.emptyText')} />;
}
