import { type RefObject, useEffect, useRef } from 'react';

/** Brings the first field that is wrong into sight and focus, each time faults are found. For the form's `ref`. */
export function useFocusFault(faults: Readonly<Record<string, unknown>>): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(faults).length === 0) return;
    const field = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    field?.focus({ preventScroll: true });
    // In the middle, clear of the bars at the edges.
    field?.scrollIntoView({ block: 'center' });
  }, [faults]);
  return form;
}
