import { ChevronDown, MicOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuLabel } from '../../ui/menu.tsx';
import type { Act, Person } from './acts/acts.ts';
import { defaultMuteSeconds, muteSpans } from './mute-spans.ts';

export interface MuteControlProps {
  person: Person;
  perform: (act: Act) => void;
}

/** Mutes for the usual time at one press; the menu beside it offers other times. */
export function MuteControl({ person, perform }: MuteControlProps) {
  const { t } = useTranslation();
  const mute = (seconds: number): void => perform({ kind: 'mute', person, seconds, reason: '' });
  return (
    <span className="inline-flex items-center">
      <IconButton
        size="small"
        data-testid="mute-chosen"
        label={t('staff.muteUser', { name: person.name })}
        icon={<MicOff className="size-4" />}
        onClick={() => mute(defaultMuteSeconds)}
      />
      <Menu
        trigger={
          <IconButton
            size="small"
            className="pointer-fine:w-5"
            label={t('staff.muteOtherTime', { name: person.name })}
            icon={<ChevronDown className="size-3.5" />}
          />
        }
      >
        <MenuLabel>{t('staff.muteFor')}</MenuLabel>
        {muteSpans.map(({ name, seconds }) => (
          <MenuItem key={name} onSelect={() => mute(seconds)}>
            {t(`staff.muteSpans.${name}`)}
          </MenuItem>
        ))}
      </Menu>
    </span>
  );
}
