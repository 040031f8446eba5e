import { type Audience, type Entry, mayHear } from '@souk/protocol/timeline/entries';

/** Who hears what of one tick. */
export interface FramePlan {
  /** For everybody who is not staff. */
  readonly crowd: readonly Entry[];
  readonly staff: readonly Entry[];
  /** Persons who are told something that neither crowd nor staff hears. */
  readonly persons: ReadonlySet<string>;
}

const somebody = { userId: '', isStaff: false };
const someStaff = { userId: '', isStaff: true };

/** Splits the entries of a tick by hearer, keeping their order. */
export function planFrames(entries: readonly Entry[]): FramePlan {
  return {
    crowd: entries.filter((entry) => mayHear(entry.audience, somebody)),
    staff: entries.filter((entry) => mayHear(entry.audience, someStaff)),
    persons: new Set(entries.flatMap((entry) => personOf(entry.audience))),
  };
}

function personOf(audience: Audience): string[] {
  const [, person] = audience.split('user:');
  return person === undefined ? [] : [person];
}
