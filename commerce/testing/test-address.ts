import type { Address } from '@souk/protocol/http/buying';

export const testAddress: Address = {
  name: 'Ada Byron',
  line1: 'Lindenstr. 1',
  line2: '',
  city: 'Berlin',
  postalCode: '10969',
  country: 'DE',
};
