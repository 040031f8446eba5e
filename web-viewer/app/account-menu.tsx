import { CircleUserRound, LogOut, Package } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';
import { isGuest, logOut, useSession } from '../api/session.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, MenuItem, MenuLabel } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.tsx';

/** Log-in link for guests; name, orders and log-out for everybody else. */
export function AccountMenu() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const location = useLocation();
  if (session === undefined) return <span className="size-11" />;
  if (isGuest(session)) {
    if (location.pathname === '/login') return null;
    return (
      <Button asChild variant="outline">
        <Link to={`/login?next=${encodeURIComponent(location.pathname)}`}>{t('common.logIn')}</Link>
      </Button>
    );
  }
  const leave = () => {
    logOut().then(
      () => navigate('/'),
      () => showToast(t('errors.UNAVAILABLE'), { tone: 'danger' }),
    );
  };
  return (
    <Menu trigger={<IconButton label={t('common.account')} icon={<CircleUserRound className="size-5" />} />}>
      <MenuLabel>{session.name}</MenuLabel>
      <MenuItem onSelect={() => void navigate('/orders')}>
        <Package aria-hidden className="size-4" />
        {t('common.orders')}
      </MenuItem>
      <MenuItem onSelect={leave}>
        <LogOut aria-hidden className="size-4 rtl:-scale-x-100" />
        {t('common.logOut')}
      </MenuItem>
    </Menu>
  );
}
