import { createId } from '@souk/protocol/ids';
import { expect, it } from 'vitest';
import { loadCoupon } from './coupon-store.ts';

const storing = (value: string | null) => ({ getItem: () => value });

it('brings back the code that was kept', () => {
  const kept = { merchantId: createId('merchant'), code: 'SPRING-10' };
  expect(loadCoupon(storing(JSON.stringify(kept)))).toEqual(kept);
});

it('has none when nothing was kept, or what is stored has another shape', () => {
  expect(loadCoupon(storing(null))).toBeNull();
  expect(loadCoupon(storing('{"code":"no shop"}'))).toBeNull();
});
