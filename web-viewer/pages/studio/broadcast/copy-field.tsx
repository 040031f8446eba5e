import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../ui/icon-button.tsx';

const DONE_MS = 2_000;

export interface CopyFieldProps {
  label: string;
  value: string;
  'data-testid'?: string;
}

/** A text that belongs into another program, with a button that copies it. */
export function CopyField({ label, value, 'data-testid': testId }: CopyFieldProps) {
  const { t } = useTranslation();
  const [copiedAt, setCopiedAt] = useState<number>();
  useEffect(() => {
    if (copiedAt === undefined) return;
    const timer = window.setTimeout(() => setCopiedAt(undefined), DONE_MS);
    return () => window.clearTimeout(timer);
  }, [copiedAt]);
  const copy = (): void => {
    // Where the clipboard is closed to us, the text can still be chosen by hand.
    navigator.clipboard.writeText(value).then(
      () => setCopiedAt(Date.now()),
      () => undefined,
    );
  };
  return (
    <div className="flex flex-col gap-1">
      <span className="text-sm font-medium">{label}</span>
      <div className="flex items-center gap-1 rounded-small border border-line bg-surface-sunken ps-3">
        <code data-testid={testId} dir="ltr" className="min-w-0 flex-1 truncate text-sm select-all">
          {value}
        </code>
        <IconButton
          label={copiedAt === undefined ? t('broadcast.copy') : t('broadcast.copied')}
          icon={
            copiedAt === undefined ? (
              <Copy className="size-4" />
            ) : (
              <Check className="size-4 text-success-text" />
            )
          }
          onClick={copy}
        />
      </div>
    </div>
  );
}
