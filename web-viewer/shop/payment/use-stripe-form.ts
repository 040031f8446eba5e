import type { PaymentHandle } from '@souk/protocol/http/buying';
import type { Stripe, StripeElements, StripeElementsOptionsClientSecret } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/dist/pure.mjs';
import { type RefObject, useEffect, useState } from 'react';
import { stripeLook } from './stripe-look.ts';

export type StripeHandle = Extract<PaymentHandle, { gateway: 'stripe' }>;

export type StripeForm =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly stripe: Stripe; readonly elements: StripeElements }
  /** Stripe's page script or its form did not come. */
  | { readonly kind: 'failed' };

export interface StripeFormInput {
  readonly handle: StripeHandle;
  readonly language: string;
  /** Where Stripe's form is put in. */
  readonly place: RefObject<HTMLElement | null>;
  /** Counts up to try again. */
  readonly attempt: number;
}

/** Loads Stripe's page script and puts its Payment Element into the page, for as long as the component is there. */
export function useStripeForm({ handle, language, place, attempt }: StripeFormInput): StripeForm {
  const [form, setForm] = useState<StripeForm>({ kind: 'loading' });
  const { clientSecret, publishableKey } = handle;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt begins anew
  useEffect(() => {
    let isGone = false;
    let takeOff = () => {};
    const fail = () => !isGone && setForm({ kind: 'failed' });
    const locale = language as NonNullable<StripeElementsOptionsClientSecret['locale']>;
    setForm({ kind: 'loading' });
    loadStripe(publishableKey).then((stripe: Stripe | null) => {
      if (isGone || place.current === null) return;
      if (stripe === null) return fail();
      const elements = stripe.elements({ clientSecret, locale, appearance: stripeLook() });
      const element = elements.create('payment', { layout: 'tabs' });
      takeOff = () => element.destroy();
      element.on('ready', () => !isGone && setForm({ kind: 'ready', stripe, elements }));
      element.on('loaderror', fail);
      element.mount(place.current);
    }, fail);
    return () => {
      isGone = true;
      takeOff();
    };
  }, [clientSecret, publishableKey, language, place, attempt]);
  return form;
}
