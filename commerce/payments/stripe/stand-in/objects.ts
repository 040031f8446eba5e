/** The parts of Stripe's objects that the house reads. */
export interface StandInCharge {
  readonly id: string;
  readonly object: 'charge';
  readonly created: number;
  readonly paid: true;
  amount_refunded: number;
}

export interface StandInIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  readonly currency: string;
  readonly created: number;
  readonly client_secret: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly on_behalf_of: string | null;
  readonly transfer_data: { readonly destination: string } | null;
  readonly application_fee_amount: number | null;
  last_payment_error: { readonly code: string; readonly decline_code: string } | null;
  status: 'requires_payment_method' | 'processing' | 'succeeded' | 'canceled';
  latest_charge: StandInCharge | null;
}

export interface StandInRefund {
  readonly id: string;
  readonly object: 'refund';
  readonly payment_intent: string;
  readonly amount: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly reverse_transfer: boolean;
  readonly refund_application_fee: boolean;
  readonly status: 'succeeded';
}

export interface StandInAccount {
  readonly id: string;
  readonly object: 'account';
  readonly metadata: Readonly<Record<string, string>>;
  charges_enabled: boolean;
  readonly capabilities: { transfers: 'active' | 'inactive' };
}

/** Status and body of an answer. */
export type Reply = readonly [status: number, body: object];

/** A form as Stripe's clients send it: `metadata[orderId]=1` is an object in an object. */
export interface Form {
  readonly [name: string]: string | Form;
}

/** Parses `a[b][c]=d`, in a query or in a body. */
export function parseForm(text: string): Form {
  const form: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/).filter((part) => part !== '');
    const last = path.pop() ?? name;
    let at = form;
    for (const part of path) {
      at[part] ??= {};
      at = at[part] as Record<string, unknown>;
    }
    at[last] = value;
  }
  return form as Form;
}

export const text = (form: Form, name: string): string => {
  const value = form[name];
  return typeof value === 'string' ? value : '';
};
export const inner = (form: Form, name: string): Form => {
  const value = form[name];
  return typeof value === 'object' ? value : {};
};
export const words = (form: Form): Record<string, string> =>
  Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)]));

/** An error as Stripe words it. */
export const fault = (status: number, code: string, type = 'invalid_request_error'): Reply => [
  status,
  { error: { type, code, message: code } },
];

/** A list as Stripe pages it: newest first, `limit` at a time, after `starting_after`. */
export function page<Item extends { readonly id: string }>(
  newestFirst: readonly Item[],
  form: Form,
  url: string,
): Reply {
  const after = text(form, 'starting_after');
  const from = after === '' ? 0 : newestFirst.findIndex(({ id }) => id === after) + 1;
  const limit = Number(text(form, 'limit') || 10);
  const data = newestFirst.slice(from, from + limit);
  return [200, { object: 'list', url, has_more: from + limit < newestFirst.length, data }];
}
