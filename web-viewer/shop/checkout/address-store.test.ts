import { expect, it } from 'vitest';
import { loadAddress, saveAddress } from './address-store.ts';

function memory() {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
}

it('brings back what was typed', () => {
  const storage = memory();
  const draft = { ...loadAddress(storage, 'PT'), name: 'Ana', city: 'Lisbon' };
  saveAddress(draft, storage);
  expect(loadAddress(storage, 'PT')).toEqual(draft);
});

it('starts anew when what is stored has another shape', () => {
  const storage = memory();
  storage.setItem('souk.address', '{"name":1}');
  expect(loadAddress(storage, 'PT').name).toBe('');
});
