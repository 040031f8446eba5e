/** The part of the Network Information API that some browsers have. */
interface NetworkInformation extends EventTarget {
  readonly type?: string;
}

/**
 * Calls back when the device has come to another network (Wi-Fi to mobile, a cable pulled, back from offline).
 * Returns what takes the listeners off again.
 */
export function onNetworkChange(listener: () => void): () => void {
  const { connection } = navigator as Navigator & { connection?: NetworkInformation };
  let type = connection?.type;
  // The same event also tells of a changed estimate of the speed, which changes no path.
  const onChange = (): void => {
    if (connection?.type === type) return;
    type = connection?.type;
    listener();
  };
  window.addEventListener('online', listener);
  connection?.addEventListener('change', onChange);
  return () => {
    window.removeEventListener('online', listener);
    connection?.removeEventListener('change', onChange);
  };
}
