import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { findStripeMock } from '@souk/supervisor/stripe-mock';
import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describePaymentGateway, type GatewaySubject } from '../payment-gateway.contract.ts';
import type { PaymentGateway } from '../payment-gateway.ts';
import { type StripeStandIn, startStripeStandIn } from './stand-in/stripe-stand-in.ts';
import { createStripeGateway } from './stripe-gateway.ts';
import { describeAgainstStripeMock } from './stripe-mock.contract.ts';

const webhookSecret = 'whsec_of_the_contract_tests';
const typeOf = {
  processing: 'payment_intent.processing',
  succeeded: 'payment_intent.succeeded',
  failed: 'payment_intent.payment_failed',
  cancelled: 'payment_intent.canceled',
} as const;
const disputeOf = {
  disputed: ['charge.dispute.created', 'needs_response'],
  'dispute-won': ['charge.dispute.closed', 'won'],
  'dispute-lost': ['charge.dispute.closed', 'lost'],
} as const;

const keys = {
  secretKey: 'sk_test_of_the_contract_tests',
  publishableKey: 'pk_test_of_the_contract_tests',
  webhookSecrets: ['whsec_of_another_endpoint', webhookSecret],
  applicationFeeBps: 0,
};

async function createSubject(): Promise<GatewaySubject> {
  const standIn = await startStripeStandIn({ webhookSecret });
  return {
    gateway: createStripeGateway({ ...keys, apiUrl: standIn.url }),
    settle: async ({ gatewayRef }) => standIn.settle(gatewayRef),
    async decline({ gatewayRef, clientSecret }) {
      const answer = await fetch(new URL(`/v1/payment_intents/${gatewayRef}/confirm`, standIn.url), {
        method: 'POST',
        body: new URLSearchParams({
          client_secret: clientSecret,
          payment_method: 'pm_card_chargeDeclined',
          key: keys.publishableKey,
        }),
      });
      expect(answer.status).toBe(402);
    },
    webhook(kind, paymentId, id) {
      if (kind === 'disputed' || kind === 'dispute-won' || kind === 'dispute-lost') {
        const [type, status] = disputeOf[kind];
        return standIn.sign(type, standIn.disputeOf(id, status));
      }
      return standIn.sign(typeOf[kind], { id, metadata: { paymentId }, last_payment_error: null });
    },
    completePayee: (payee) => standIn.completeAccount(payee),
    setDown: (isDown) => standIn.setDown(isDown),
    stop: () => standIn.stop(),
  };
}

describePaymentGateway('stripe', createSubject);

const stripeMock = findStripeMock();
if (stripeMock === undefined)
  process.stdout.write('There is no stripe-mock here (it asks for Go): its tests are not defined.\n');
else describeAgainstStripeMock(stripeMock);

const amount = { amountMinor: 1_000, currency: currencySchema.parse('EUR') };

describe('Stripe', () => {
  let standIn: StripeStandIn;
  let gateway: PaymentGateway;
  beforeAll(async () => {
    standIn = await startStripeStandIn({ webhookSecret });
    gateway = createStripeGateway({ ...keys, applicationFeeBps: 250, apiUrl: standIn.url });
  });
  afterAll(() => standIn.stop());

  const createPayment = async (payee: string | null = null) => {
    const [paymentId, orderId] = [createId('payment'), createId('order')];
    return { paymentId, ...(await gateway.createPayment({ paymentId, orderId, amount, payee })) };
  };

  it('refunds once, also when it is asked after it has forgotten the key', async () => {
    const { paymentId, gatewayRef } = await createPayment();
    standIn.settle(gatewayRef);
    const half = { ...amount, amountMinor: 500 };
    const refund = { refundId: createId('refund'), paymentId, gatewayRef, amount: half, payee: null };
    expect(await gateway.refund(refund)).toBe('succeeded');
    standIn.forgetKeys();
    expect(await gateway.refund(refund)).toBe('succeeded');
    expect((await gateway.retrieve(gatewayRef)).refundedMinor).toBe(500);
  });

  it('sends the money of another shop to its account, keeps the fee, and takes both back with a refund', async () => {
    const payee = await gateway.payees.open({ merchantId: createId('merchant'), name: 'Shop' });
    expect(await gateway.payees.isReady(payee)).toBe(false);
    standIn.completeAccount(payee);
    const { paymentId, gatewayRef } = await createPayment(payee);
    expect(standIn.intents.get(gatewayRef)).toMatchObject({
      ...{ on_behalf_of: payee, transfer_data: { destination: payee }, application_fee_amount: 25 },
    });
    standIn.settle(gatewayRef);
    await gateway.refund({ refundId: createId('refund'), paymentId, gatewayRef, amount, payee });
    expect(standIn.refunds.at(-1)).toMatchObject({ reverse_transfer: true, refund_application_fee: true });
  });

  it('that is asked too fast says how long to wait', async () => {
    const limited = await startStripeStandIn({ limitPerSecond: 1 });
    const hasty = createStripeGateway({ ...keys, apiUrl: limited.url });
    const ask = () =>
      hasty.createPayment({
        paymentId: createId('payment'),
        orderId: createId('order'),
        amount,
        payee: null,
      });
    await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'PAYMENT_UNAVAILABLE', retryAfterMs: 1_000 });
    await limited.stop();
  });

  it('says why a card was declined', () => {
    const paymentId = createId('payment');
    const object = {
      ...{ id: 'pi_1', metadata: { paymentId } },
      last_payment_error: { decline_code: 'insufficient_funds' },
    };
    const { rawBody, headers } = standIn.sign('payment_intent.payment_failed', object);
    expect(gateway.parseWebhook(rawBody, headers)).toMatchObject({
      ...{ kind: 'failed', declineCode: 'insufficient_funds' },
    });
  });

  it('that is stale is refused, whatever its signature', () => {
    const payload = '{"id":"evt_1","object":"event","type":"payment_intent.succeeded","data":{"object":{}}}';
    const timestamp = Math.floor(Date.now() / 1_000) - 600;
    const { webhooks } = new Stripe(keys.secretKey);
    const header = webhooks.generateTestHeaderString({ payload, secret: webhookSecret, timestamp });
    expect(() => gateway.parseWebhook(Buffer.from(payload), { 'stripe-signature': header })).toThrow(
      expect.objectContaining({ code: 'INVALID_WEBHOOK_SIGNATURE' }),
    );
  });

  it('tells of a refund that the bank sends back', () => {
    const [paymentId, refundId] = [createId('payment'), createId('refund')];
    const object = {
      ...{ id: 're_1', object: 'refund', payment_intent: 'pi_1', status: 'failed' },
      metadata: { paymentId, refundId },
    };
    for (const type of ['refund.updated', 'refund.failed']) {
      const { id, rawBody, headers } = standIn.sign(type, object);
      expect(gateway.parseWebhook(rawBody, headers)).toEqual({
        ...{ kind: 'refund-failed', eventId: id, gatewayRef: 'pi_1' },
        ...{ paymentId, refundId },
      });
    }
  });
});
