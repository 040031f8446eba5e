import { createId, type PaymentId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { AppError } from '@souk/runtime/app-error';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreatedPayment, PaymentGateway, WebhookHeaders } from './payment-gateway.ts';

export interface Webhook {
  readonly rawBody: Buffer;
  readonly headers: WebhookHeaders;
}

/** A gateway under test, with what only its own service can do. */
export interface GatewaySubject {
  readonly gateway: PaymentGateway;
  /** The buyer pays with a card that works, and the charge goes through. */
  settle(payment: CreatedPayment): Promise<void>;
  /** A genuine webhook of this kind. */
  webhook(
    kind: 'processing' | 'succeeded' | 'failed' | 'cancelled',
    paymentId: PaymentId,
    gatewayRef: string,
  ): Webhook;
  /** Lets the service fail, or work again. */
  setDown(isDown: boolean): void;
  stop(): Promise<void>;
}

const amount = { amountMinor: 2_390, currency: currencySchema.parse('EUR') };
const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : String(error));

/** What every payment gateway does. */
export function describePaymentGateway(name: string, create: () => Promise<GatewaySubject>): void {
  describe(`payment gateway: ${name}`, () => {
    let subject: GatewaySubject;
    beforeAll(async () => {
      subject = await create();
    });
    afterAll(() => subject.stop());

    const createPayment = async (paymentId = createId('payment')) => {
      const payment = await subject.gateway.createPayment({ paymentId, orderId: createId('order'), amount });
      return { paymentId, ...payment };
    };

    it('makes one payment of one id, however often it is asked', async () => {
      const paymentId = createId('payment');
      const orderId = createId('order');
      const first = await subject.gateway.createPayment({ paymentId, orderId, amount });
      expect(await subject.gateway.createPayment({ paymentId, orderId, amount })).toEqual(first);
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
        });
      const refundId = createId('refund');
      expect(await refund(1_000, refundId)).toBe('succeeded');
      expect(await refund(1_000, refundId)).toBe('succeeded');
      expect(await refund(1_391)).toBe('failed');
      expect(await refund(1_390)).toBe('succeeded');
      expect(await subject.gateway.retrieve(payment.gatewayRef)).toEqual({
        status: 'refunded',
        amount,
        refundedMinor: 2_390,
      });
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
