import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useSettled } from '../staff/use-settled.ts';

/** A search that stands in the address, so that it is still there on the way back. */
export function useSearchText() {
  const [params, setParams] = useSearchParams();
  const asked = params.get('q') ?? '';
  const [text, setText] = useState(asked);
  const settled = useSettled(text).trim();
  useEffect(() => {
    if (settled === asked) return;
    setParams(
      (present) => {
        const next = new URLSearchParams(present);
        if (settled === '') next.delete('q');
        else next.set('q', settled);
        return next;
      },
      { replace: true },
    );
  }, [settled, asked, setParams]);
  return { text, setText, search: settled };
}
