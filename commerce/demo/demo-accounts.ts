/** Password of every demo account; they exist where NODE_ENV is not production. */
export const DEMO_PASSWORD = 'souk-demo';

export const demoAccounts = [
  { email: 'host@souk.local', name: 'Mira', role: 'host' },
  { email: 'moderator@souk.local', name: 'Jonas', role: 'moderator' },
  { email: 'merchant@souk.local', name: 'Lumen & Co', role: 'merchant' },
  { email: 'viewer@souk.local', name: 'Vera', role: 'viewer' },
  { email: 'admin@souk.local', name: 'Admin', role: 'admin' },
] as const;

export const DEMO_HOST_EMAIL = 'host@souk.local';
export const DEMO_MODERATOR_EMAIL = 'moderator@souk.local';
