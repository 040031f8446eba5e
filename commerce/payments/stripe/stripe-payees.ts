import type Stripe from 'stripe';
import type { PayeeDesk } from '../payment-gateway.ts';
import { speaking } from './stripe-errors.ts';

/** Accounts of shops with Stripe Connect. Source: https://docs.stripe.com/connect/express-accounts */
export function createStripePayees(stripe: Stripe): PayeeDesk {
  return {
    areNeeded: true,
    open: ({ merchantId, name }) =>
      speaking(async () => {
        const account = await stripe.accounts.create(
          {
            type: 'express',
            capabilities: { card_payments: { requested: true }, transfers: { requested: true } },
            business_profile: { name },
            metadata: { merchantId },
          },
          { idempotencyKey: `account-${merchantId}` },
        );
        return account.id;
      }),
    createLink: (payee, { returnUrl, refreshUrl }) =>
      speaking(async () => {
        const link = await stripe.accountLinks.create({
          account: payee,
          type: 'account_onboarding',
          return_url: returnUrl,
          refresh_url: refreshUrl,
        });
        return link.url;
      }),
    isReady: (payee) =>
      speaking(async () => {
        const { charges_enabled: canCharge, capabilities } = await stripe.accounts.retrieve(payee);
        // Payments are made on its behalf, and their money is transferred to it.
        return canCharge && capabilities?.transfers === 'active';
      }),
  };
}
