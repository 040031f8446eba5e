/*
 * Pins on a page against the clock in its picture, for pages of the bench. Run after clock-picture.js and before the
 * page's own code.
 */

/** @typedef {{ productId: string, seenAt: number, paintedAt: number | null }} PinSighting */

{
  const PINNED = '[data-testid="pinned-product"]';
  const { soukClock } =
    /** @type {typeof window & { soukClock: { read(video: HTMLVideoElement, around: number): number | undefined } }} */ (
      window
    );
  const now = () => performance.timeOrigin + performance.now();

  /**
   * Notes each product that is pinned from now on, with the instant that the player's picture shows at that moment.
   * @returns {PinSighting[]} grows
   */
  const watch = () => {
    /** @type {PinSighting[]} */
    const sightings = [];
    const pinned = () => document.querySelector(PINNED)?.getAttribute('data-product-id') ?? undefined;
    let last = pinned();
    const look = () => {
      const productId = pinned();
      if (productId === last) return;
      last = productId;
      if (productId === undefined) return;
      const seenAt = now();
      const video = document.querySelector('video[data-testid="player"]');
      const paintedAt = video instanceof HTMLVideoElement ? soukClock.read(video, seenAt) : undefined;
      sightings.push({ productId, seenAt, paintedAt: paintedAt ?? null });
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-testid', 'data-product-id'],
    });
    return sightings;
  };

  /**
   * Presses the studio's button for a product.
   * @param {string} productId
   * @returns {number} when that was, Unix milliseconds, by the true clock of this machine
   */
  const press = (productId) => {
    const button = document.querySelector(`[data-testid="pin-product"][data-product-id="${productId}"]`);
    if (!(button instanceof HTMLElement)) throw new Error(`nothing pins ${productId}`);
    const pressedAt = now();
    button.click();
    return pressedAt;
  };

  /**
   * Lets the page's pictures wait so long before they are shown, as on a network that comes and goes.
   * @param {number} targetMs
   */
  const delayPictures = (targetMs) => {
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      /** @param {RTCConfiguration} [configuration] */
      constructor(configuration) {
        super(configuration);
        this.addEventListener('track', ({ receiver }) => {
          receiver.jitterBufferTarget = targetMs;
        });
      }
    };
  };

  /** Makes a browser that does not tell pages of its frames: a page cannot know then how far its picture is. */
  const hideFrames = () => {
    Reflect.deleteProperty(HTMLVideoElement.prototype, 'requestVideoFrameCallback');
  };

  /**
   * Sets the clock of the page wrong.
   * @param {number} byMs
   */
  const setClockWrong = (byMs) => {
    const trueNow = Date.now;
    Date.now = () => trueNow() + byMs;
  };

  Object.assign(window, { soukPins: { watch, press, delayPictures, hideFrames, setClockWrong } });
}
