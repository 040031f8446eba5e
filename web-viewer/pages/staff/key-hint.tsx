/** The key that does the same as the button it stands on; not shown where there is no keyboard to expect. */
export function KeyHint({ children }: { children: string }) {
  return (
    <kbd
      aria-hidden
      className="hidden min-w-5 rounded-[4px] border border-current/30 px-1 text-center font-sans text-xs leading-4.5 font-medium opacity-75 pointer-fine:inline-block"
    >
      {children}
    </kbd>
  );
}
