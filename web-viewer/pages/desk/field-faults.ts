import { ApiError } from '../../api/api-error.ts';

/** A field of a form, as the server names it (`variants.0.sku`) → what is wrong with it, as a key of the texts. */
export type Faults<Fault extends string> = Readonly<Record<string, Fault>>;

interface Issue {
  readonly path: string | readonly PropertyKey[];
}

/** The faults that a failed parse names; the first one of a field counts. `nameOf` gives the words for a path. */
export function faultsOf<Fault extends string>(
  issues: readonly Issue[],
  nameOf: (path: string) => { readonly field: string; readonly fault: Fault },
): Faults<Fault> {
  const faults: Record<string, Fault> = {};
  for (const { path } of issues) {
    const { field, fault } = nameOf(typeof path === 'string' ? path : path.map(String).join('.'));
    faults[field] ??= fault;
  }
  return faults;
}

/** The issues that a refusal names; none when it names none. */
export function issuesOf(error: unknown): readonly Issue[] {
  return error instanceof ApiError ? (error.issues ?? []) : [];
}
