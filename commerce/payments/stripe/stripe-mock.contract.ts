import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createId } from '@souk/protocol/ids';
import { currencySchema } from '@souk/protocol/money';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PaymentGateway } from '../payment-gateway.ts';
import { createStripeGateway } from './stripe-gateway.ts';

const keys = {
  secretKey: 'sk_test_123',
  publishableKey: 'pk_test_123',
  webhookSecrets: ['whsec_123'],
  applicationFeeBps: 250,
};
const amount = { amountMinor: 2_390, currency: currencySchema.parse('EUR') };

/** Every request that the adapter makes, checked by Stripe's own program against Stripe's description of its API. */
export function describeAgainstStripeMock(program: string): void {
  describe('requests to Stripe', () => {
    let url: string;
    let mock: ChildProcess;
    let gateway: PaymentGateway;
    beforeAll(async () => {
      const port = await findFreePort();
      url = `http://127.0.0.1:${port}`;
      mock = spawn(program, ['-http-addr', `127.0.0.1:${port}`], { stdio: 'ignore' });
      await vi.waitFor(() => fetch(url), { timeout: 30_000, interval: 50 });
      gateway = createStripeGateway({ ...keys, apiUrl: url });
    });
    afterAll(async () => {
      mock.kill();
      await once(mock, 'exit');
    });

    it('are checked: one that does not fit is refused', async () => {
      const body = new URLSearchParams({ amount: '2390', currency: 'eur', surprise: '1' });
      const headers = { authorization: `Bearer ${keys.secretKey}` };
      const answer = await fetch(`${url}/v1/payment_intents`, { method: 'POST', headers, body });
      expect(answer.status).toBe(400);
    });

    it.each([null, 'acct_123'])('make, look at and call off a payment for %s', async (payee) => {
      const [paymentId, orderId] = [createId('payment'), createId('order')];
      const { gatewayRef, clientSecret } = await gateway.createPayment({
        ...{ paymentId, orderId, amount, payee },
      });
      expect(clientSecret).not.toBe('');
      expect((await gateway.retrieve(gatewayRef)).amount.amountMinor).toBeGreaterThan(0);
      await gateway.cancelPayment(gatewayRef);
    });

    it.each([null, 'acct_123'])('pay back what was paid to %s', async (payee) => {
      const refund = { refundId: createId('refund'), paymentId: createId('payment'), gatewayRef: 'pi_123' };
      expect(await gateway.refund({ ...refund, amount, payee })).toBe('succeeded');
    });

    it('list payments from the beginning and from a cursor on', async () => {
      const createdAfter = Date.now() - 86_400_000;
      const { payments } = await gateway.list({ createdAfter, cursor: undefined });
      expect(payments.length).toBeGreaterThan(0);
      await gateway.list({ createdAfter, cursor: payments[0]?.gatewayRef });
    });

    it('open an account, complete it and look at it', async () => {
      const { payees } = gateway;
      const payee = await payees.open({ merchantId: createId('merchant'), name: 'Lumen & Co' });
      const urls = {
        returnUrl: 'https://souk.test/desk',
        refreshUrl: 'https://souk.test/desk?payouts=again',
      };
      expect(await payees.createLink(payee, urls)).toMatch(/^https:/);
      expect(await payees.isReady(payee)).toBeTypeOf('boolean');
    });
  });
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
