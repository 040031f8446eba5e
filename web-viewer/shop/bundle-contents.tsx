import type { VariantCard } from '@souk/protocol/catalog';
import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';

export interface BundleContentsProps {
  variant: VariantCard;
  /** One line that is cut off where it is too long, instead of a list. */
  inline?: boolean;
  className?: string;
}

/** What is in a bundle; nothing for goods of their own. */
export function BundleContents({ variant, inline = false, className }: BundleContentsProps) {
  const { t } = useTranslation();
  const contents = variant.contents ?? [];
  if (contents.length === 0) return null;
  if (inline) {
    return (
      <p data-testid="bundle-contents" title={contents.join('\n')} className={clsx('max-w-full', className)}>
        <span className="font-medium">{t('shop.bundle')}</span> {contents.join(' + ')}
      </p>
    );
  }
  return (
    <div data-testid="bundle-contents" className={className}>
      <h2 className="text-sm font-semibold">{t('shop.bundle')}</h2>
      <ul className="mt-1 list-disc ps-5 text-sm">
        {contents.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ul>
    </div>
  );
}
