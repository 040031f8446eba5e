import { type ApiClient, createApiClient } from '../../clients/api-client.ts';
import type { World } from '../../world/world.ts';

/** The account of the demo shop that keeps its desk. */
const MERCHANT_EMAIL = 'merchant@souk.local';
const DEMO_PASSWORD = 'souk-demo';

/** The demo shop's keeper. */
export async function logInMerchant({ commerceUrl }: Pick<World, 'commerceUrl'>): Promise<ApiClient> {
  const merchant = createApiClient(commerceUrl);
  await merchant.logIn(MERCHANT_EMAIL, DEMO_PASSWORD);
  return merchant;
}
