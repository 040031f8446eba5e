import { createId, type PaymentId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { AppError } from '@souk/runtime/app-error';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedPayment, ListedPayment, PaymentGateway, WebhookHeaders } from './payment-gateway.ts';

export interface Webhook {
  readonly rawBody: Buffer;
  readonly headers: WebhookHeaders;
}

/** A gateway under test, with what only its own service can do. */
export interface GatewaySubject {
  readonly gateway: PaymentGateway;
  /** The buyer pays with a card that works, and the charge goes through. */
  settle(payment: CreatedPayment): Promise<void>;
  /** The buyer hands in a card that the bank declines. */
  decline(payment: CreatedPayment & { readonly paymentId: PaymentId }): Promise<void>;
  /** A genuine webhook of this kind. */
  webhook(
    kind: 'processing' | 'succeeded' | 'failed' | 'cancelled' | 'disputed' | 'dispute-won' | 'dispute-lost',
    paymentId: PaymentId,
    gatewayRef: string,
  ): Webhook;
  /** The merchant has told the payment service all that it wants to know. */
  completePayee(payee: string): void;
  /** Lets the service fail, or work again. */
  setDown(isDown: boolean): void;
  stop(): Promise<void>;
}

const amount = { amountMinor: 2_390, currency: currencySchema.parse('EUR') };
const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : String(error));

async function listAll(gateway: PaymentGateway, createdAfter: number): Promise<ListedPayment[]> {
  const all: ListedPayment[] = [];
  let cursor: string | undefined;
  do {
    const page = await gateway.list({ createdAfter, cursor });
    all.push(...page.payments);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** What every payment gateway does. */
export function describePaymentGateway(name: string, create: () => Promise<GatewaySubject>): void {
  describe(`payment gateway: ${name}`, () => {
    let subject: GatewaySubject;
    beforeAll(async () => {
      subject = await create();
    });
    afterAll(() => subject.stop());

    const createPayment = async (paymentId = createId('payment')) => {
      const orderId = createId('order');
      const payment = await subject.gateway.createPayment({ paymentId, orderId, amount, payee: null });
      return { paymentId, ...payment };
    };

    it('makes one payment of one id, however often it is asked', async () => {
      const paymentId = createId('payment');
      const orderId = createId('order');
      const first = await subject.gateway.createPayment({ paymentId, orderId, amount, payee: null });
      expect(await subject.gateway.createPayment({ paymentId, orderId, amount, payee: null })).toEqual(first);
      expect(await subject.gateway.retrieve(first.gatewayRef)).toEqual({
        status: 'requires_confirmation',
        amount,
        refundedMinor: 0,
      });
      expect(subject.gateway.handleOf(paymentId, first.clientSecret)).toMatchObject({
        gateway: subject.gateway.name,
        paymentId,
        clientSecret: first.clientSecret,
      });
    });

    it('pays back in parts and whole, once per refund, and never more than was paid', async () => {
      const payment = await createPayment();
      await subject.settle(payment);
      expect((await subject.gateway.retrieve(payment.gatewayRef)).status).toBe('succeeded');
      const refund = (amountMinor: number, refundId = createId('refund')) =>
        subject.gateway.refund({
          refundId,
          paymentId: payment.paymentId,
          gatewayRef: payment.gatewayRef,
          amount: { ...amount, amountMinor },
          payee: null,
        });
      const refundId = createId('refund');
      expect(await refund(1_000, refundId)).toBe('succeeded');
      expect(await refund(1_000, refundId)).toBe('succeeded');
      expect(await subject.gateway.retrieve(payment.gatewayRef)).toEqual({
        status: 'succeeded',
        amount,
        refundedMinor: 1_000,
      });
      expect(await refund(1_391)).toBe('failed');
      expect(await refund(1_390)).toBe('succeeded');
      expect(await subject.gateway.retrieve(payment.gatewayRef)).toEqual({
        status: 'refunded',
        amount,
        refundedMinor: 2_390,
      });
    });

    it('leaves a payment open for another card when one is declined', async () => {
      const payment = await createPayment();
      for (const _card of ['first', 'second']) {
        await subject.decline(payment);
        expect((await subject.gateway.retrieve(payment.gatewayRef)).status).toBe('requires_confirmation');
      }
      await subject.settle(payment);
      expect((await subject.gateway.retrieve(payment.gatewayRef)).status).toBe('succeeded');
    });

    it('cancels a payment that is open, and leaves one alone that is over', async () => {
      const open = await createPayment();
      await subject.gateway.cancelPayment(open.gatewayRef);
      await subject.gateway.cancelPayment(open.gatewayRef);
      expect((await subject.gateway.retrieve(open.gatewayRef)).status).toBe('cancelled');
      const paid = await createPayment();
      await subject.settle(paid);
      await subject.gateway.cancelPayment(paid.gatewayRef);
      expect((await subject.gateway.retrieve(paid.gatewayRef)).status).toBe('succeeded');
    });

    it('understands its own webhooks', async () => {
      const { paymentId, gatewayRef } = await createPayment();
      for (const kind of ['processing', 'succeeded', 'failed', 'cancelled'] as const) {
        const { rawBody, headers } = subject.webhook(kind, paymentId, gatewayRef);
        expect(subject.gateway.parseWebhook(rawBody, headers)).toMatchObject({ kind, paymentId, gatewayRef });
      }
    });

    it('tells of disputes, with the instant that says which word is the last', async () => {
      const { paymentId, gatewayRef } = await createPayment();
      const expected = { disputed: 'open', 'dispute-won': 'won', 'dispute-lost': 'lost' } as const;
      for (const kind of ['disputed', 'dispute-won', 'dispute-lost'] as const) {
        const { rawBody, headers } = subject.webhook(kind, paymentId, gatewayRef);
        const event = subject.gateway.parseWebhook(rawBody, headers);
        expect(event).toMatchObject({
          ...{ kind: 'disputed', gatewayRef },
          dispute: { status: expected[kind], reason: 'fraudulent', amountMinor: amount.amountMinor },
        });
        const { dispute } = event as Extract<typeof event, { kind: 'disputed' }>;
        expect(dispute.toldAt).toBeGreaterThan(Date.now() - 60_000);
        expect(dispute.respondBefore === null).toBe(kind !== 'disputed');
      }
    });

    it('lists its payments page by page, newest first, each once', async () => {
      const since = Date.now() - 60_000;
      const before = await listAll(subject.gateway, since);
      const made = [];
      for (let count = 0; count < 103; count += 1) made.push(await createPayment());
      const [first] = made;
      if (first === undefined) throw new Error('nothing was made');
      await subject.settle(first);
      const listed = await listAll(subject.gateway, since);
      expect(new Set(listed.map(({ gatewayRef }) => gatewayRef)).size).toBe(listed.length);
      expect(listed).toHaveLength(before.length + made.length);
      expect(listed.find(({ gatewayRef }) => gatewayRef === first.gatewayRef)).toMatchObject({
        ...{ paymentId: first.paymentId, status: 'succeeded', amount, refundedMinor: 0 },
      });
      expect(await listAll(subject.gateway, Date.now() + 60_000)).toEqual([]);
    });

    it('opens one account per shop, and takes payments for it once it is ready', async () => {
      const { payees } = subject.gateway;
      const shop = { merchantId: createId('merchant'), name: 'Lumen & Co' };
      const payee = await payees.open(shop);
      expect(await payees.open(shop)).toBe(payee);
      const urls = { returnUrl: 'https://souk.test/desk', refreshUrl: 'https://souk.test/desk?again' };
      expect(await payees.createLink(payee, urls)).toMatch(/^https?:\/\//);
      subject.completePayee(payee);
      expect(await payees.isReady(payee)).toBe(true);
      const [paymentId, orderId] = [createId('payment'), createId('order')];
      const payment = await subject.gateway.createPayment({ paymentId, orderId, amount, payee });
      await subject.settle(payment);
      const refund = { refundId: createId('refund'), paymentId, gatewayRef: payment.gatewayRef };
      expect(await subject.gateway.refund({ ...refund, amount, payee })).toBe('succeeded');
    });

    it('knows what it does not have', async () => {
      await expect(subject.gateway.retrieve('pi_none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(subject.gateway.payees.isReady('acct_none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    it('refuses webhooks that were changed, are not signed, or are not JSON', async () => {
      const { rawBody, headers } = subject.webhook('succeeded', createId('payment'), 'ref');
      const parse = (body: Buffer, given: WebhookHeaders) => (): unknown =>
        subject.gateway.parseWebhook(body, given);
      for (const attempt of [
        parse(Buffer.concat([rawBody, Buffer.from(' ')]), headers),
        parse(rawBody, {}),
        parse(Buffer.from('{'), headers),
        parse(Buffer.alloc(0), headers),
      ]) {
        expect(attempt).toThrow(expect.objectContaining({ code: 'INVALID_WEBHOOK_SIGNATURE' }));
      }
    });

    it('says PAYMENT_UNAVAILABLE while its service is down, and goes on afterwards', async () => {
      const { gatewayRef } = await createPayment();
      subject.setDown(true);
      const failed = await Promise.allSettled([createPayment(), subject.gateway.retrieve(gatewayRef)]);
      subject.setDown(false);
      expect(
        failed.map((outcome) => (outcome.status === 'rejected' ? codeOf(outcome.reason) : 'OK')),
      ).toEqual(['PAYMENT_UNAVAILABLE', 'PAYMENT_UNAVAILABLE']);
      expect((await subject.gateway.retrieve(gatewayRef)).status).toBe('requires_confirmation');
    });
  });
}
