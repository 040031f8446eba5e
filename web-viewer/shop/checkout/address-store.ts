import { z } from 'zod';
import { guessCountry } from './countries.ts';

const draftSchema = z.object({
  name: z.string(),
  line1: z.string(),
  line2: z.string(),
  city: z.string(),
  postalCode: z.string(),
  country: z.string(),
  email: z.string(),
});
/** The address form as it stands, not checked yet. */
export type AddressDraft = z.infer<typeof draftSchema>;

const STORAGE_KEY = 'souk.address';

/** What was typed last in this tab; the card number is never kept. */
export function loadAddress(
  storage: Pick<Storage, 'getItem'> = sessionStorage,
  country: string = guessCountry(),
): AddressDraft {
  const empty = {
    name: '',
    line1: '',
    line2: '',
    city: '',
    postalCode: '',
    country,
    email: '',
  };
  const stored = storage.getItem(STORAGE_KEY);
  if (stored === null) return empty;
  const draft = draftSchema.safeParse(JSON.parse(stored));
  return draft.success ? draft.data : empty;
}

export function saveAddress(draft: AddressDraft, storage: Pick<Storage, 'setItem'> = sessionStorage): void {
  storage.setItem(STORAGE_KEY, JSON.stringify(draft));
}
