import { limits } from '@souk/protocol/limits';
import { clsx } from 'clsx';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { inputClass } from '../../../ui/field.tsx';
import { KeyHint } from '../../staff/key-hint.tsx';

/** Reasons that are one press away. */
export const quickReasons = ['spam', 'insult', 'hate', 'fraud', 'off-topic'] as const;

export interface ReasonFieldProps {
  reason: string;
  onChange: (reason: string) => void;
  inputRef: Ref<HTMLInputElement>;
}

/** Why something is done, for the record; the quick ones fill it in. */
export function ReasonField({ reason, onChange, inputRef }: ReasonFieldProps) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-1.5">
        <input
          ref={inputRef}
          data-testid="reason"
          aria-label={t('moderation.reason')}
          placeholder={t('moderation.reason')}
          maxLength={limits.reasonLength}
          autoComplete="off"
          dir={reason === '' ? undefined : 'auto'}
          value={reason}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Enter' || key === 'Escape') currentTarget.blur();
          }}
          className={clsx(inputClass, 'min-h-11 text-sm! pointer-fine:min-h-9')}
        />
        <KeyHint>Y</KeyHint>
      </div>
      <div className="flex flex-wrap items-center gap-1">
        {quickReasons.map((name) => {
          const text = t(`moderation.quickReasons.${name}`);
          return (
            <button
              key={name}
              type="button"
              aria-pressed={reason === text}
              onClick={() => onChange(reason === text ? '' : text)}
              className="min-h-11 rounded-full border border-line px-2.5 text-xs font-medium text-text-muted hover:bg-surface-hover aria-pressed:border-transparent aria-pressed:bg-accent-soft aria-pressed:text-accent-text pointer-fine:min-h-7"
            >
              {text}
            </button>
          );
        })}
        <KeyHint>Q</KeyHint>
      </div>
    </div>
  );
}
