import { useEffect, useRef } from 'react';

/** Key (as `KeyboardEvent.key`, letters in lower case) → what it does. */
export type Hotkeys = Readonly<Record<string, () => void>>;

/** Keys that go on while they are held down. */
const repeating = new Set(['ArrowDown', 'ArrowUp', 'j', 'k']);

/** Listens for single keys on the page, but not while something is being typed or a modifier is held. */
export function useHotkeys(hotkeys: Hotkeys): void {
  const latest = useRef(hotkeys);
  latest.current = hotkeys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || hasModifier(event) || isTyping(event.target)) return;
      const key = keyOf(event);
      const action = latest.current[key];
      if (action === undefined || (event.repeat && !repeating.has(key))) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

/** The Latin letter that stands on the key, too, while another script is typed. */
function keyOf({ key, code }: KeyboardEvent): string {
  if (key.length !== 1) return key;
  const isForeign = /^Key[A-Z]$/.test(code) && !/^[\u0020-\u007e]$/.test(key);
  return (isForeign ? code.slice(3) : key).toLowerCase();
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey;
}

/** Fields take all keys; open menus and dialogs keep theirs. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="menu"], [role="dialog"]') !== null
  );
}
