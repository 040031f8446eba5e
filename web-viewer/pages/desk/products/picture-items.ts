import type { DeskProduct } from '@souk/protocol/http/catalog';
import type { PictureId } from '@souk/protocol/ids';
import { limits } from '@souk/protocol/limits';

/** A picture of a product: one that the server has, or a file that is sent when the product is saved. */
export type PictureItem =
  | { readonly kind: 'kept'; readonly key: string; readonly url: string; readonly id: PictureId }
  | { readonly kind: 'new'; readonly key: string; readonly url: string; readonly file: File };

export type PictureFault = 'kind' | 'size' | 'count';

export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;

export function keptPictures(product: DeskProduct): PictureItem[] {
  return product.pictures.map(({ id, url }) => ({ kind: 'kept', key: id, url, id }));
}

/** Splits chosen files into those that can be added and what is wrong with the others. */
export function sortFiles(
  files: readonly File[],
  present: number,
): { readonly taken: readonly File[]; readonly faults: ReadonlySet<PictureFault> } {
  const taken: File[] = [];
  const faults = new Set<PictureFault>();
  for (const file of files) {
    const fault = faultOf(file, present + taken.length);
    if (fault === undefined) taken.push(file);
    else faults.add(fault);
  }
  return { taken, faults };
}

function faultOf(file: File, present: number): PictureFault | undefined {
  if (!pictureTypes.some((type) => type === file.type)) return 'kind';
  if (file.size > limits.pictureBytes) return 'size';
  return present >= limits.picturesPerProduct ? 'count' : undefined;
}

/** The list with the picture at `index` moved by `step` places; unchanged where that leads out of it. */
export function movedPicture(items: readonly PictureItem[], index: number, step: number): PictureItem[] {
  const next = [...items];
  const target = index + step;
  const [moved] = next.splice(index, 1);
  if (moved === undefined || target < 0 || target > next.length) return [...items];
  next.splice(target, 0, moved);
  return next;
}
