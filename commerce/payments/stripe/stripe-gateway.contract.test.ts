import Stripe from 'stripe';
import { describePaymentGateway, type GatewaySubject } from '../payment-gateway.contract.ts';
import { createStripeGateway } from './stripe-gateway.ts';
import { startStripeStandIn } from './stripe-stand-in.ts';

const webhookSecret = 'whsec_of_the_contract_tests';
const typeOf = {
  processing: 'payment_intent.processing',
  succeeded: 'payment_intent.succeeded',
  failed: 'payment_intent.payment_failed',
  cancelled: 'payment_intent.canceled',
} as const;

async function createSubject(): Promise<GatewaySubject> {
  const standIn = await startStripeStandIn();
  const stripe = new Stripe('sk_test_of_the_contract_tests');
  const gateway = createStripeGateway({
    secretKey: 'sk_test_of_the_contract_tests',
    publishableKey: 'pk_test_of_the_contract_tests',
    webhookSecret,
    apiUrl: standIn.url,
  });
  return {
    gateway,
    settle: async ({ gatewayRef }) => standIn.settle(gatewayRef),
    webhook(kind, paymentId, gatewayRef) {
      const object = {
        id: gatewayRef,
        object: 'payment_intent',
        metadata: { paymentId },
        last_payment_error: null,
      };
      const payload = JSON.stringify({ id: 'evt_1', object: 'event', type: typeOf[kind], data: { object } });
      const header = stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret });
      return { rawBody: Buffer.from(payload), headers: { 'stripe-signature': header } };
    },
    setDown: (isDown) => standIn.setDown(isDown),
    stop: () => standIn.stop(),
  };
}

describePaymentGateway('stripe', createSubject);
