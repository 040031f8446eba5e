import {
  type Form,
  fault,
  inner,
  page,
  parseForm,
  type Reply,
  type StandInAccount,
  type StandInIntent,
  type StandInRefund,
  text,
  words,
} from './objects.ts';

const seconds = (): number => Math.floor(Date.now() / 1_000);

/** Told of each change of a payment, with the type of Stripe's event. */
export type OnEvent = (type: string, object: object) => void;

/** What the stand-in remembers: payments, refunds, accounts, and the answers that it gave under an idempotency key. */
export class Books {
  readonly intents = new Map<string, StandInIntent>();
  readonly refunds: StandInRefund[] = [];
  readonly accounts = new Map<string, StandInAccount>();
  readonly #answers = new Map<string, { readonly asked: string; readonly reply: Reply }>();
  readonly #onEvent: OnEvent;

  constructor(onEvent: OnEvent) {
    this.#onEvent = onEvent;
  }

  forgetKeys(): void {
    this.#answers.clear();
  }

  /** Stripe keeps an answer under its key, and refuses another request under it. */
  handle(method: string, path: string, asked: string, key: string | undefined): Reply {
    const known = key === undefined ? undefined : this.#answers.get(key);
    if (known !== undefined)
      return known.asked === asked ? known.reply : fault(400, 'idempotency_error', 'idempotency_error');
    const reply = this.#answer(method, path, parseForm(asked));
    // A copy: what is answered again is what was answered then.
    if (key !== undefined && reply[0] === 200)
      this.#answers.set(key, { asked, reply: structuredClone(reply) as Reply });
    return reply;
  }

  settle(id: string): void {
    const intent = this.getIntent(id);
    intent.status = 'succeeded';
    const charge = { id: `ch_${intent.id}`, object: 'charge', created: seconds(), paid: true } as const;
    intent.latest_charge = { ...charge, amount_refunded: 0 };
    this.#onEvent('payment_intent.succeeded', intent);
  }

  getIntent(id: string): StandInIntent {
    const intent = this.intents.get(id);
    if (intent === undefined) throw new Error(`no payment ${id}`);
    return intent;
  }

  #answer(method: string, path: string, form: Form): Reply {
    const [, collection, id, action] = path.split('/').slice(1);
    const call = `${method} ${collection}`;
    switch (call) {
      case 'GET payment_intents':
        return id === undefined ? this.#listIntents(form) : this.#found(this.intents.get(id));
      case 'POST payment_intents':
        return id === undefined ? this.#createIntent(form) : this.#act(this.intents.get(id), action, form);
      case 'GET refunds':
        return this.#listRefunds(form);
      case 'POST refunds':
        return this.#refund(form);
      case 'GET accounts':
        return this.#found(this.accounts.get(id ?? ''));
      case 'POST accounts':
        return this.#openAccount(form);
      case 'POST account_links':
        return this.#link(form);
      default:
        return fault(404, 'unknown_url');
    }
  }

  #found(object: object | undefined): Reply {
    return object === undefined ? fault(404, 'resource_missing') : [200, object];
  }

  #createIntent(form: Form): Reply {
    const id = `pi_${this.intents.size + 1}`;
    const destination = text(inner(form, 'transfer_data'), 'destination');
    const payee = destination === '' ? undefined : this.accounts.get(destination);
    if (destination !== '' && !payee?.charges_enabled) return fault(400, 'account_invalid');
    const fee = text(form, 'application_fee_amount');
    const intent: StandInIntent = {
      id,
      object: 'payment_intent',
      amount: Number(text(form, 'amount')),
      currency: text(form, 'currency'),
      created: seconds(),
      client_secret: `${id}_secret_${this.intents.size}`,
      metadata: words(inner(form, 'metadata')),
      on_behalf_of: text(form, 'on_behalf_of') || null,
      transfer_data: destination === '' ? null : { destination },
      application_fee_amount: fee === '' ? null : Number(fee),
      last_payment_error: null,
      status: 'requires_payment_method',
      latest_charge: null,
    };
    this.intents.set(id, intent);
    return [200, intent];
  }

  #act(intent: StandInIntent | undefined, action: string | undefined, form: Form): Reply {
    if (intent === undefined) return fault(404, 'resource_missing');
    const isOver = intent.status === 'succeeded' || intent.status === 'canceled';
    if (isOver) return fault(400, 'payment_intent_unexpected_state');
    if (action === 'confirm') return this.#confirm(intent, form);
    if (action !== 'cancel') return fault(404, 'unknown_url');
    intent.status = 'canceled';
    this.#onEvent('payment_intent.canceled', intent);
    return [200, intent];
  }

  /** As the buyer's page does it, with one of Stripe's test payment methods. */
  #confirm(intent: StandInIntent, form: Form): Reply {
    if (text(form, 'client_secret') !== intent.client_secret) return fault(404, 'resource_missing');
    if (text(form, 'payment_method') === 'pm_card_chargeDeclined') {
      intent.last_payment_error = { code: 'card_declined', decline_code: 'generic_decline' };
      this.#onEvent('payment_intent.payment_failed', intent);
      return fault(402, 'card_declined', 'card_error');
    }
    this.settle(intent.id);
    return [200, intent];
  }

  #listIntents(form: Form): Reply {
    const since = Number(text(inner(form, 'created'), 'gte') || 0);
    const newestFirst = [...this.intents.values()].filter(({ created }) => created >= since).reverse();
    return page(newestFirst, form, '/v1/payment_intents');
  }

  #refund(form: Form): Reply {
    const intent = this.intents.get(text(form, 'payment_intent'));
    const charge = intent?.latest_charge;
    if (intent === undefined || !charge) return fault(404, 'resource_missing');
    const amount = Number(text(form, 'amount'));
    if (charge.amount_refunded + amount > intent.amount) return fault(400, 'charge_already_refunded');
    charge.amount_refunded += amount;
    const refund: StandInRefund = {
      ...{ id: `re_${this.refunds.length + 1}`, object: 'refund', payment_intent: intent.id, amount },
      metadata: words(inner(form, 'metadata')),
      reverse_transfer: text(form, 'reverse_transfer') === 'true',
      refund_application_fee: text(form, 'refund_application_fee') === 'true',
      status: 'succeeded',
    };
    this.refunds.push(refund);
    this.#onEvent('refund.created', refund);
    return [200, refund];
  }

  #listRefunds(form: Form): Reply {
    const ofIntent = this.refunds.filter((refund) => refund.payment_intent === text(form, 'payment_intent'));
    return page(ofIntent.reverse(), form, '/v1/refunds');
  }

  #openAccount(form: Form): Reply {
    const account: StandInAccount = {
      ...{ id: `acct_${this.accounts.size + 1}`, object: 'account' },
      metadata: words(inner(form, 'metadata')),
      charges_enabled: false,
      capabilities: { transfers: 'inactive' },
    };
    this.accounts.set(account.id, account);
    return [200, account];
  }

  #link(form: Form): Reply {
    const account = text(form, 'account');
    if (!this.accounts.has(account)) return fault(404, 'resource_missing');
    if (text(form, 'return_url') === '' || text(form, 'refresh_url') === '')
      return fault(400, 'parameter_missing');
    return [200, { object: 'account_link', url: `https://connect.stripe.test/setup/${account}` }];
  }
}
