import { useEffect } from 'react';

/** Names the browser's tab after the page; nothing changes while the name is not known. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined && title !== '') document.title = `${title} · Souk`;
  }, [title]);
}
