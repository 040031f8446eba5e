import { ProductEditor } from './product-editor.tsx';

/** A product that is not there yet. */
export function NewProductPage() {
  return <ProductEditor product={undefined} />;
}
