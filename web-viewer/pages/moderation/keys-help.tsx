import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { KeyHint } from '../staff/key-hint.tsx';

/** What a key does (its words in the catalogue) → the key. */
const groups = [
  {
    name: 'moving',
    keys: { down: '↓ J', up: '↑ K', first: 'G', newest: 'Esc', digit: '1–9', nextShow: 'N' },
  },
  { name: 'waiting', keys: { approve: 'A', reject: 'R', dismiss: 'X', resolve: 'E' } },
  { name: 'message', keys: { delete: 'D', pin: 'P', undo: 'Z' } },
  {
    name: 'person',
    keys: {
      mute: 'M',
      span: 'T',
      unmute: 'U',
      shadow: 'H',
      disconnect: 'C',
      ban: 'B',
      banMerchant: 'O',
      reason: 'Y',
      quickReason: 'Q',
    },
  },
  { name: 'show', keys: { say: 'I', announce: 'W', stopSale: 'S', stopShow: 'F' } },
] as const;

type KeyText = {
  [Group in (typeof groups)[number] as Group['name']]: keyof Group['keys'];
}[(typeof groups)[number]['name']];

export interface KeysHelpProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Every key of the console and what it does. */
export function KeysHelp({ open, onOpenChange }: KeysHelpProps) {
  const { t } = useTranslation();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('moderation.keysTitle')}>
      <div className="grid gap-x-6 gap-y-3 text-sm">
        {groups.map(({ name, keys }) => (
          <section key={name} aria-label={t(`moderation.keyGroups.${name}`)}>
            <h3 className="mb-1 font-semibold">{t(`moderation.keyGroups.${name}`)}</h3>
            <ul className="grid grid-cols-2 gap-x-4 gap-y-0.5">
              {Object.entries(keys).map(([text, key]) => (
                <li key={text} className="flex items-center gap-2 text-text-muted">
                  <KeyHint>{key}</KeyHint>
                  {t(`moderation.keyTexts.${text as KeyText}`)}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
