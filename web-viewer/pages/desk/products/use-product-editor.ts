import type { DeskProduct, ProductDraft } from '@souk/protocol/http/catalog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../../api/session.ts';
import { showToast } from '../../../ui/toast.tsx';
import type { Faults } from '../field-faults.ts';
import { useDesk, useDeskLink } from '../use-desk.ts';
import { keptPictures, type PictureItem } from './picture-items.ts';
import { foreignSkus, type ProductFault, refusedFields } from './product-faults.ts';
import { emptyProductForm, type ProductForm, productFormOf, readProductForm } from './product-form.ts';
import { saveProduct } from './save-product.ts';

interface Content {
  readonly form: ProductForm;
  readonly pictures: readonly PictureItem[];
}

function contentOf(product: DeskProduct | undefined): Content {
  return product === undefined
    ? { form: emptyProductForm(), pictures: [] }
    : { form: productFormOf(product), pictures: keptPictures(product) };
}

function skusOf(form: ProductForm): string[] {
  return form.variants.map(({ sku }) => sku.trim());
}

function isSame(a: Content, b: Content): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What stands in the editor of a product, what is wrong with it, and the way to save it. */
export function useProductEditor(product: DeskProduct | undefined) {
  const { t } = useTranslation();
  const { merchant } = useDesk();
  const navigate = useNavigate();
  const link = useDeskLink();
  const client = useQueryClient();
  const [content, setContent] = useState(() => contentOf(product));
  const [saved, setSaved] = useState(content);
  const [faults, setFaults] = useState<Faults<ProductFault>>({});
  /** Known as soon as a new product is on the server, also when its pictures are not. */
  const productId = useRef(product?.id);
  const latest = useRef({ content, saved });
  latest.current = { content, saved };

  const keepStep = (step: DeskProduct, pictures: readonly PictureItem[]): void => {
    productId.current = step.id;
    const form = productFormOf(step);
    setContent({ form, pictures });
    setSaved({ form, pictures: keptPictures(step) });
    client.setQueryData(['desk-product', step.id], { product: step });
  };
  const saving = useMutation({
    mutationFn: (draft: ProductDraft) =>
      saveProduct(api, {
        merchantId: merchant.id,
        productId: productId.current,
        draft,
        pictures: content.pictures,
        onStep: keepStep,
      }),
    onSuccess: (done) => {
      const clean = contentOf(done);
      // The way on must not ask about what has just been saved.
      latest.current = { content: clean, saved: clean };
      setContent(clean);
      setSaved(clean);
      client.setQueryData(['desk-product', done.id], { product: done });
      showToast(t('catalog.saved'), { tone: 'success' });
      if (product === undefined) navigate(link(`products/${done.id}`), { replace: true });
    },
    onError: (error) => setFaults(refusedFields(error, skusOf(content.form))),
    onSettled: () =>
      Promise.all(
        ['desk-products', 'products', 'stock'].map((key) =>
          client.invalidateQueries({ queryKey: [key, merchant.id] }),
        ),
      ),
  });

  const isDirty = useCallback(() => !isSame(latest.current.content, latest.current.saved), []);
  return {
    ...content,
    faults,
    saving,
    /** SKUs elsewhere in the shop that the last refusal was about. */
    concerned: foreignSkus(saving.error, skusOf(content.form)),
    isDirty,
    /** What is typed now would be lost: it is being saved, or its own page is about to take over. */
    isClosed: saving.isPending || (product === undefined && saving.isSuccess),
    isChanged: !isSame(content, saved),
    change: (change: Partial<ProductForm>) =>
      setContent((present) => ({ ...present, form: { ...present.form, ...change } })),
    setPictures: (pictures: readonly PictureItem[]) => setContent((present) => ({ ...present, pictures })),
    /** Saves, or shows what is wrong first. */
    save(): void {
      const read = readProductForm(content.form, merchant.currency);
      setFaults(read.kind === 'faults' ? read.faults : {});
      if (read.kind === 'draft') saving.mutate(read.draft);
      else saving.reset();
    },
  };
}

export type ProductEditing = ReturnType<typeof useProductEditor>;
