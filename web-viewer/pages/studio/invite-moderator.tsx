import { useMutation } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Field } from '../../ui/field.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ModeratorList, type ModeratorListProps } from './moderator-list.tsx';

/** Makes somebody a moderator of this show, by e-mail, and shows who is one. */
export function InviteModerator({ feed, showId }: ModeratorListProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [email, setEmail] = useState('');
  const inviting = useMutation({
    mutationFn: () => api.call('moderator:invite', { params: { showId }, body: { email } }),
    onSuccess: ({ name }) => {
      setOpen(false);
      setEmail('');
      showToast(t('studio.invited', { name }), { tone: 'success' });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    inviting.mutate();
  };
  return (
    <>
      <Button size="small" variant="ghost" data-testid="invite-moderator" onClick={() => setOpen(true)}>
        <UserPlus aria-hidden className="size-4" />
        <span className="max-sm:sr-only">{t('studio.inviteModerator')}</span>
      </Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t('studio.inviteModerator')}
        description={t('studio.inviteText')}
      >
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          <Field
            data-testid="moderator-email"
            label={t('studio.moderatorEmail')}
            type="email"
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <ErrorMessage error={inviting.error} />
          <Button type="submit" variant="accent" data-testid="moderator-submit" busy={inviting.isPending}>
            {t('studio.invite')}
          </Button>
        </form>
        <ModeratorList feed={feed} showId={showId} />
      </Dialog>
    </>
  );
}
