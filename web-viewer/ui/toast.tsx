import { clsx } from 'clsx';
import { Toast as Radix } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { createStore, useStore } from 'zustand';

export type ToastTone = 'neutral' | 'success' | 'danger';

interface ToastItem {
  readonly id: number;
  readonly text: string;
  readonly tone: ToastTone;
  readonly action?: { readonly label: string; readonly run: () => void };
  readonly durationMs: number;
}

const DEFAULT_DURATION_MS = 5_000;
const store = createStore<{ items: readonly ToastItem[]; next: number }>(() => ({ items: [], next: 1 }));

export interface ToastOptions {
  tone?: ToastTone;
  action?: { label: string; run: () => void };
  durationMs?: number;
}

/** Shows a passing note; with an action it can be taken back or followed. */
export function showToast(text: string, options: ToastOptions = {}): void {
  store.setState(({ items, next }) => ({
    next: next + 1,
    items: [
      ...items.slice(-2),
      {
        id: next,
        text,
        tone: options.tone ?? 'neutral',
        durationMs: options.durationMs ?? DEFAULT_DURATION_MS,
        ...(options.action === undefined ? {} : { action: options.action }),
      },
    ],
  }));
}

function dismiss(id: number): void {
  store.setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }));
}

const tones = {
  neutral: 'bg-text text-surface',
  success: 'bg-success-soft text-success-text',
  danger: 'bg-danger-soft text-danger-text',
} as const satisfies Record<ToastTone, string>;

/** The place where toasts appear: once per page, at its top, clear of what is being pressed. */
export function Toaster() {
  const { t, i18n } = useTranslation();
  const items = useStore(store, (state) => state.items);
  return (
    <Radix.Provider
      label={t('common.notifications')}
      swipeDirection={i18n.dir() === 'rtl' ? 'left' : 'right'}
    >
      {items.map((item) => (
        <Radix.Root
          key={item.id}
          duration={item.durationMs}
          onOpenChange={(open) => !open && dismiss(item.id)}
          className={clsx(
            'flex min-h-12 animate-rise items-center gap-3 rounded-small px-4 py-2 text-sm font-medium shadow-float',
            tones[item.tone],
          )}
        >
          <Radix.Description className="flex-1">{item.text}</Radix.Description>
          {item.action !== undefined && (
            <Radix.Action
              altText={item.action.label}
              onClick={item.action.run}
              className="min-h-11 px-2 font-bold underline underline-offset-4"
            >
              {item.action.label}
            </Radix.Action>
          )}
        </Radix.Root>
      ))}
      <Radix.Viewport className="fixed inset-x-0 top-[calc(var(--safe-top)+4.5rem)] z-60 mx-auto flex w-[min(26rem,calc(100vw-2rem))] flex-col gap-2 outline-none" />
    </Radix.Provider>
  );
}
