/**
 * Calls `leave` when the page goes away (closed, reloaded, or frozen into the back-forward cache).
 * Returns what takes the listener off again.
 */
export function onPageLeave(leave: () => void): () => void {
  window.addEventListener('pagehide', leave);
  return () => window.removeEventListener('pagehide', leave);
}
