import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { logIn, register } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorMessage } from '../../ui/error-message.tsx';
import { Field } from '../../ui/field.tsx';
import { nextPath } from './next-path.ts';

type Mode = 'login' | 'register';

/** Log in, or make an account; both lead back to where the person came from. */
export function LoginPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [mode, setMode] = useState<Mode>('login');
  const [form, setForm] = useState({ email: '', password: '', name: '' });
  const enter = useMutation({
    mutationFn: () =>
      mode === 'login' ? logIn({ email: form.email, password: form.password }) : register(form),
    onSuccess: () => navigate(nextPath(search.get('next')), { replace: true }),
  });
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!enter.isPending) enter.mutate();
  };
  const isLogin = mode === 'login';
  return (
    <div className="mx-auto max-w-sm pt-4 sm:pt-12">
      <h1 className="text-2xl font-bold">{isLogin ? t('login.title') : t('login.registerTitle')}</h1>
      <p className="mt-1 mb-6 text-text-muted">{isLogin ? t('login.lead') : t('login.registerLead')}</p>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {!isLogin && (
          <Field
            label={t('login.name')}
            data-testid="register-name"
            autoComplete="nickname"
            required
            maxLength={40}
            {...field('name')}
          />
        )}
        <Field
          label={t('login.email')}
          data-testid="login-email"
          type="email"
          dir="ltr"
          autoComplete={isLogin ? 'username' : 'email'}
          required
          {...field('email')}
        />
        <Field
          label={t('login.password')}
          data-testid="login-password"
          type="password"
          dir="ltr"
          autoComplete={isLogin ? 'current-password' : 'new-password'}
          required
          {...(isLogin ? {} : { minLength: 8, hint: t('login.passwordHint') })}
          {...field('password')}
        />
        <ErrorMessage error={enter.error} />
        <Button type="submit" variant="accent" size="large" data-testid="login-submit" busy={enter.isPending}>
          {isLogin ? t('login.submit') : t('login.submitRegister')}
        </Button>
      </form>
      <Button
        variant="ghost"
        className="mt-3 w-full"
        onClick={() => {
          setMode(isLogin ? 'register' : 'login');
          enter.reset();
        }}
      >
        {isLogin ? t('login.toRegister') : t('login.toLogin')}
      </Button>
    </div>
  );
}
