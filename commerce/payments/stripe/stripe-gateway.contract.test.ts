import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
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

const keys = {
  secretKey: 'sk_test_of_the_contract_tests',
  publishableKey: 'pk_test_of_the_contract_tests',
  webhookSecret,
};

async function createSubject(): Promise<GatewaySubject> {
  const standIn = await startStripeStandIn();
  const stripe = new Stripe(keys.secretKey);
  const gateway = createStripeGateway({ ...keys, apiUrl: standIn.url });
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

describe('a refund at Stripe', () => {
  it('is made once, also when it is asked for after Stripe has forgotten its key', async () => {
    const standIn = await startStripeStandIn();
    const gateway = createStripeGateway({ ...keys, apiUrl: standIn.url });
    const amount = { amountMinor: 1_000, currency: currencySchema.parse('EUR') };
    const [paymentId, orderId] = [createId('payment'), createId('order')];
    const { gatewayRef } = await gateway.createPayment({ paymentId, orderId, amount });
    standIn.settle(gatewayRef);
    const half = { ...amount, amountMinor: 500 };
    const refund = { refundId: createId('refund'), paymentId, gatewayRef, amount: half };
    expect(await gateway.refund(refund)).toBe('succeeded');
    standIn.forgetKeys();
    expect(await gateway.refund(refund)).toBe('succeeded');
    expect((await gateway.retrieve(gatewayRef)).refundedMinor).toBe(500);
    await standIn.stop();
  });

  it('that the bank sends back is reported as failed', () => {
    const gateway = createStripeGateway(keys);
    const [paymentId, refundId] = [createId('payment'), createId('refund')];
    const object = {
      ...{ id: 're_1', object: 'refund', payment_intent: 'pi_1', status: 'failed' },
      metadata: { paymentId, refundId },
    };
    for (const type of ['refund.updated', 'refund.failed']) {
      const payload = JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } });
      const header = new Stripe(keys.secretKey).webhooks.generateTestHeaderString({
        payload,
        secret: webhookSecret,
      });
      expect(gateway.parseWebhook(Buffer.from(payload), { 'stripe-signature': header })).toEqual({
        ...{ kind: 'refund-failed', eventId: 'evt_1', gatewayRef: 'pi_1' },
        ...{ paymentId, refundId },
      });
    }
  });
});
