import { Settings2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n/i18n.ts';
import { isLanguage, type Language, languages } from '../i18n/languages.ts';
import { IconButton, type IconButtonProps } from '../ui/icon-button.tsx';
import { Menu, MenuChoice, MenuLabel, MenuSeparator } from '../ui/menu.tsx';
import { chooseTheme, storedTheme, type Theme } from './theme.ts';

const languageOptions = Object.entries(languages).map(([value, { name }]) => ({
  value: value as Language,
  label: name,
}));

export interface SettingsMenuProps extends Pick<IconButtonProps, 'variant'> {
  /** Parts of the menu that stand first: what this page alone has to set. */
  children?: ReactNode;
}

/** Language and appearance. */
export function SettingsMenu({ variant = 'plain', children }: SettingsMenuProps) {
  const { t, i18n } = useTranslation();
  const [theme, setTheme] = useState(storedTheme);
  const themeOptions = [
    { value: 'system', label: t('common.themeSystem') },
    { value: 'light', label: t('common.themeLight') },
    { value: 'dark', label: t('common.themeDark') },
  ] as const satisfies readonly { value: Theme; label: string }[];
  return (
    <Menu
      trigger={
        <IconButton variant={variant} label={t('common.settings')} icon={<Settings2 className="size-5" />} />
      }
    >
      {children !== undefined && (
        <>
          {children}
          <MenuSeparator />
        </>
      )}
      <MenuLabel>{t('common.language')}</MenuLabel>
      <MenuChoice
        value={isLanguage(i18n.language) ? i18n.language : 'en'}
        options={languageOptions}
        onChange={(language) => void chooseLanguage(language)}
      />
      <MenuSeparator />
      <MenuLabel>{t('common.theme')}</MenuLabel>
      <MenuChoice
        value={theme}
        options={themeOptions}
        onChange={(next) => {
          setTheme(next);
          chooseTheme(next);
        }}
      />
    </Menu>
  );
}
