import { ChevronDown, MicOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuItem, MenuLabel } from '../../ui/menu.tsx';
import { muteSpans } from './mute-spans.ts';
import type { Moderation, Person } from './use-moderation.ts';

export interface MuteControlProps {
  person: Person;
  moderation: Pick<Moderation, 'mute'>;
}

/** Mutes for the usual time at one press; the menu beside it offers other times. */
export function MuteControl({ person, moderation }: MuteControlProps) {
  const { t } = useTranslation();
  return (
    <span className="inline-flex items-center">
      <IconButton
        size="small"
        data-testid="mute-user"
        label={t('staff.muteUser', { name: person.name })}
        icon={<MicOff className="size-4" />}
        onClick={() => moderation.mute(person)}
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
          <MenuItem key={name} onSelect={() => moderation.mute(person, seconds)}>
            {t(`staff.muteSpans.${name}`)}
          </MenuItem>
        ))}
      </Menu>
    </span>
  );
}
