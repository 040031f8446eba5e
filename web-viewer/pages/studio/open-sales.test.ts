import { createId } from '@souk/protocol/ids';
import type { SaleState } from '@souk/protocol/timeline/state';
import { describe, expect, it } from 'vitest';
import { openSales, phaseOf } from './open-sales.ts';

const sale = (change: Partial<SaleState>): SaleState => ({
  saleId: createId('sale'),
  productId: createId('product'),
  variantId: createId('variant'),
  units: 5,
  priceMinor: 100,
  perBuyerLimit: 1,
  startsAt: 1_000,
  endsAt: 2_000,
  phase: 'running',
  soldOut: false,
  ...change,
});
const record = (...sales: SaleState[]) => Object.fromEntries(sales.map((each) => [each.saleId, each]));

describe('the sales that a host has to mind', () => {
  it('are the coming and the running ones, soonest first', () => {
    const running = sale({});
    const coming = sale({ phase: 'scheduled', startsAt: 5_000, endsAt: 6_000 });
    const over = sale({ endsAt: 1_400 });
    const stopped = sale({ endReason: 'stopped' });
    expect(openSales(record(coming, over, stopped, running), 1_500)).toEqual([running, coming]);
  });

  it('run from their instant on, whatever was told so far', () => {
    expect(phaseOf(sale({ phase: 'scheduled' }), 999)).toBe('scheduled');
    expect(phaseOf(sale({ phase: 'announced' }), 999)).toBe('announced');
    expect(phaseOf(sale({ phase: 'scheduled' }), 1_000)).toBe('running');
  });
});
