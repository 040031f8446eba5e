import type { DeskProduct, ProductDraft } from '@souk/protocol/http/catalog';
import type { MerchantId, PictureId, ProductId } from '@souk/protocol/ids';
import type { Api } from '../../../api/api-client.ts';
import { keptPictures, type PictureItem } from './picture-items.ts';

export interface SaveWish {
  readonly merchantId: MerchantId;
  /** Undefined for a new product. */
  readonly productId: ProductId | undefined;
  readonly draft: ProductDraft;
  readonly pictures: readonly PictureItem[];
  /** Told after each step: what is on the server by then, and the pictures as they stand here. */
  readonly onStep: (product: DeskProduct, pictures: readonly PictureItem[]) => void;
}

/**
 * Saves a product: its words and variants first, then its pictures one after the other. What was saved before a
 * failure stays saved. Throws ApiError.
 */
export async function saveProduct(api: Api, wish: SaveWish): Promise<DeskProduct> {
  let product = await saveDraft(api, wish);
  let pictures = wish.pictures;
  wish.onStep(product, pictures);
  const arrange = async (pictureIds: PictureId[]): Promise<void> => {
    if (pictureIds.join() === product.pictures.map(({ id }) => id).join()) return;
    const params = { merchantId: wish.merchantId, productId: product.id };
    ({ product } = await api.call('picture:arrange', { params, body: { pictureIds } }));
  };
  // Those that go make room for those that come.
  await arrange(keptIds(pictures));
  for (const item of wish.pictures) {
    if (item.kind === 'kept') continue;
    const known = new Set<string>(product.pictures.map(({ id }) => id));
    const params = { merchantId: wish.merchantId, productId: product.id };
    const body = { dataBase64: await base64Of(item.file) };
    ({ product } = await api.call('picture:add', { params, body }));
    const added = keptPictures(product).find(({ key }) => !known.has(key));
    pictures = pictures.map((other) => (other === item && added !== undefined ? added : other));
    wish.onStep(product, pictures);
  }
  await arrange(keptIds(pictures));
  return product;
}

async function saveDraft(api: Api, { merchantId, productId, draft }: SaveWish): Promise<DeskProduct> {
  const answer =
    productId === undefined
      ? await api.call('product:create', { params: { merchantId }, body: draft })
      : await api.call('product:update', { params: { merchantId, productId }, body: draft });
  return answer.product;
}

function keptIds(pictures: readonly PictureItem[]): PictureId[] {
  return pictures.flatMap((item) => (item.kind === 'kept' ? [item.id] : []));
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });
}
