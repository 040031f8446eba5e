export const login = {
  title: 'Welcome back',
  lead: 'Log in to chat under your name and to find your orders again.',
  registerTitle: 'Create your account',
  registerLead: 'One minute, no confirmation mail.',
  email: 'E-mail',
  password: 'Password',
  passwordHint: 'At least 8 characters.',
  name: 'Name in the chat',
  submit: 'Log in',
  submitRegister: 'Create account',
  toRegister: 'New here? Create an account',
  toLogin: 'You have an account? Log in',
};
