export const payouts = {
  modes: { platform: 'Through the house', connected: 'Account of the shop' },
  statuses: { ready: 'Ready', missing: 'Not opened', incomplete: 'Not complete' },
  platformText:
    'Payments go through the account of this house. With Stripe and several shops, each shop opens an account of its own here; in the sandbox there is nothing to connect.',
  connectedText: {
    ready: 'Payments for this shop go straight to its own Stripe account.',
    missing: 'Open the shop’s Stripe account. Until then it cannot take payments.',
    incomplete: 'Stripe still asks for something. Until it is there, the shop cannot take payments.',
  },
  connect: 'Go on at Stripe',
  manage: 'Open at Stripe',
  findings: 'Disagreements',
  findingsText:
    'Orders and payments are compared all the time. What does not agree is mended and noted here.',
  agree: 'Everything agrees',
  agreeText: 'Each paid order has its payment, and each payment its order.',
  findingStatuses: { open: 'Needs a look', mended: 'Mended' },
  kinds: {
    'paid-not-marked': 'Paid, but the order did not know',
    'marked-not-paid': 'Marked as paid without a payment',
    'charged-twice': 'Charged twice',
    'charged-after-expiry': 'Charged after the order had expired',
    'amount-differs': 'Another amount was charged',
    'refund-differs': 'Another amount was paid back',
  },
};
