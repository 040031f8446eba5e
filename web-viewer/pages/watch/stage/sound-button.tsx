import { Volume2, VolumeX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Menu, MenuItem } from '../../../ui/menu.tsx';
import type { Sound } from './use-sound.ts';

/** Turns the sound on with one press; once on, a menu turns it off, so that a stray press does not. */
export function SoundButton({ sound }: { sound: Sound }) {
  const { t } = useTranslation();
  if (sound.muted) {
    return (
      <button
        type="button"
        data-testid="unmute"
        onClick={sound.unmute}
        className="glass inline-flex min-h-11 animate-rise items-center gap-2 rounded-full px-4 text-sm font-semibold active:scale-95"
      >
        <VolumeX aria-hidden className="size-5" />
        {t('watch.unmute')}
      </button>
    );
  }
  return (
    <Menu
      trigger={
        <IconButton
          variant="glass"
          data-testid="unmute"
          label={t('watch.sound')}
          icon={<Volume2 className="size-5" />}
        />
      }
    >
      <MenuItem onSelect={sound.mute}>
        <VolumeX aria-hidden className="size-4" />
        {t('watch.mute')}
      </MenuItem>
    </Menu>
  );
}
