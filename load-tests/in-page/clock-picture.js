/*
 * A clock that can be read back from a picture, for pages of the bench. Run before the page's own code.
 * A frame shows the instant at which it was painted as squares: 24 bits of the millisecond and 8 bits of check.
 */

/** @typedef {{ at: number, paintedAt: number, soundAgeMs?: number }} ClockSample */

{
  const COLUMNS = 16;
  const ROWS = 2;
  const TIME_BITS = 24;
  const TIME_MASK = 2 ** TIME_BITS - 1;
  /** How much of the picture's height the squares take, from the top. */
  const STRIP = 0.2;
  /** Points that are read for each square and direction. */
  const GRAIN = 4;
  const HALF_LIGHT = 128;
  const BEEP_HZ = 440;
  const NTP_TO_UNIX_MS = 2_208_988_800_000;

  const now = () => performance.timeOrigin + performance.now();
  /** @type {RTCPeerConnection[]} */
  const connections = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    /** @param {RTCConfiguration} [configuration] */
    constructor(configuration) {
      super(configuration);
      connections.push(this);
    }
  };
  const findOpen = () => connections.filter(({ connectionState }) => connectionState === 'connected');
  // The page may be given a browser without it.
  const { requestVideoFrameCallback } = HTMLVideoElement.prototype;
  /**
   * @param {HTMLVideoElement} video
   * @param {VideoFrameRequestCallback} onFrame
   */
  const onNextFrame = (video, onFrame) => requestVideoFrameCallback.call(video, onFrame);
  /** @param {number} ms */
  const checkOf = (ms) => ((ms * 2_654_435_761) >>> 0) >>> 24;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {number} instant
   */
  const paint = (canvas, instant) => {
    const pen = canvas.getContext('2d', { alpha: false });
    if (pen === null) throw new Error('no canvas');
    const { width, height } = canvas;
    const ms = Math.floor(instant) & TIME_MASK;
    const bits = [...ms.toString(2).padStart(TIME_BITS, '0'), ...checkOf(ms).toString(2).padStart(8, '0')];
    pen.fillStyle = `hsl(${(ms / 20) % 360} 40% 45%)`;
    pen.fillRect(0, 0, width, height);
    const [squareWidth, squareHeight] = [width / COLUMNS, (height * STRIP) / ROWS];
    bits.forEach((bit, index) => {
      pen.fillStyle = bit === '1' ? '#fff' : '#000';
      const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)];
      pen.fillRect(column * squareWidth, row * squareHeight, squareWidth + 1, squareHeight + 1);
    });
    // Something that moves, so that the encoder has work as with a real picture.
    pen.fillStyle = '#f80';
    pen.fillRect(((ms / 5) % width) - 40, height * 0.6, 80, height * 0.2);
  };

  const eye = new OffscreenCanvas(COLUMNS * GRAIN, ROWS * GRAIN).getContext('2d', {
    alpha: false,
    willReadFrequently: true,
  });

  /**
   * The instant that the frame shows, near `around`; undefined when the squares do not add up.
   * @param {HTMLVideoElement} video
   * @param {number} around
   * @returns {number | undefined}
   */
  const read = (video, around) => {
    if (eye === null) return undefined;
    const { videoWidth, videoHeight } = video;
    eye.drawImage(video, 0, 0, videoWidth, videoHeight * STRIP, 0, 0, COLUMNS * GRAIN, ROWS * GRAIN);
    const { data } = eye.getImageData(0, 0, COLUMNS * GRAIN, ROWS * GRAIN);
    let value = 0;
    let check = 0;
    for (let index = 0; index < COLUMNS * ROWS; index += 1) {
      const x = (index % COLUMNS) * GRAIN + GRAIN / 2;
      const y = Math.floor(index / COLUMNS) * GRAIN + GRAIN / 2;
      const bit = (data[(y * COLUMNS * GRAIN + x) * 4 + 1] ?? 0) > HALF_LIGHT ? 1 : 0;
      if (index < TIME_BITS) value = value * 2 + bit;
      else check = check * 2 + bit;
    }
    if (checkOf(value) !== check) return undefined;
    const base = Math.floor(around) - (Math.floor(around) & TIME_MASK);
    const instant = base + value;
    return instant > around + TIME_MASK / 2 ? instant - TIME_MASK - 1 : instant;
  };

  /** @returns {MediaStreamTrack} */
  const beep = () => {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    tone.frequency.value = BEEP_HZ;
    const out = audio.createMediaStreamDestination();
    tone.connect(out);
    tone.start();
    const [track] = out.stream.getAudioTracks();
    if (track === undefined) throw new Error('no sound');
    return track;
  };

  /**
   * A camera that films the clock, each frame handed on as soon as it is painted.
   * @param {{ width: number, height: number, framesPerSecond: number, withSound: boolean }} options
   * @returns {MediaStream}
   */
  const film = ({ width, height, framesPerSecond, withSound }) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    paint(canvas, now());
    const stream = canvas.captureStream(0);
    const [track] = stream.getVideoTracks();
    if (!(track instanceof CanvasCaptureMediaStreamTrack)) throw new Error('no picture');
    const timer = setInterval(() => {
      paint(canvas, now());
      track.requestFrame();
    }, 1_000 / framesPerSecond);
    track.addEventListener('ended', () => clearInterval(timer));
    if (withSound) stream.addTrack(beep());
    return stream;
  };

  /**
   * How old the sound is that was taken from its buffer last; undefined where its source does not tell when it was made.
   * @returns {number | undefined}
   */
  const readSoundAge = () => {
    for (const connection of findOpen()) {
      for (const receiver of connection.getReceivers()) {
        if (receiver.track.kind !== 'audio') continue;
        /** @type {RTCRtpSynchronizationSource & { captureTimestamp?: number } | undefined} */
        const source = receiver.getSynchronizationSources()[0];
        if (source?.captureTimestamp !== undefined)
          return source.timestamp - (source.captureTimestamp - NTP_TO_UNIX_MS);
      }
    }
    return undefined;
  };

  /**
   * How long sound takes from its buffer to the loudspeaker, milliseconds.
   * @returns {Promise<number>}
   */
  const readPlayoutDelay = async () => {
    for (const connection of findOpen()) {
      for (const stats of (await connection.getStats()).values()) {
        if (stats.type === 'media-playout' && stats.totalSamplesCount > 0)
          return (stats.totalPlayoutDelay / stats.totalSamplesCount) * 1_000;
      }
    }
    return 0;
  };

  /**
   * Reads every frame that the element shows from now on.
   * @param {HTMLVideoElement} video
   * @returns {ClockSample[]} grows
   */
  const watch = (video) => {
    /** @type {ClockSample[]} */
    const samples = [];
    /** @type {VideoFrameRequestCallback} */
    const look = (at) => {
      const shownAt = performance.timeOrigin + at;
      const paintedAt = read(video, shownAt);
      const soundAgeMs = readSoundAge();
      if (paintedAt !== undefined)
        samples.push({ at: shownAt, paintedAt, ...(soundAgeMs === undefined ? {} : { soundAgeMs }) });
      onNextFrame(video, look);
    };
    onNextFrame(video, look);
    return samples;
  };

  /**
   * Whichever player of the page shows a picture first, and when that was, milliseconds since the page was asked for.
   * @returns {Promise<{ video: HTMLVideoElement, at: number }>}
   */
  const whenPlaying = () =>
    new Promise((resolve) => {
      let isFound = false;
      const known = new WeakSet();
      const look = () => {
        for (const video of document.querySelectorAll('video')) {
          if (known.has(video)) continue;
          known.add(video);
          onNextFrame(video, (at) => {
            isFound = true;
            resolve({ video, at });
          });
        }
        if (!isFound) requestAnimationFrame(look);
      };
      look();
    });

  /**
   * The least that WebRTC takes in this browser: one page that calls itself, with nothing in between.
   * @param {Parameters<typeof film>[0] & { mimeType: string }} options
   * @returns {Promise<ClockSample[]>}
   */
  const callMyself = async (options) => {
    const [caller, callee] = [new RTCPeerConnection(), new RTCPeerConnection()];
    caller.onicecandidate = ({ candidate }) => void callee.addIceCandidate(candidate ?? undefined);
    callee.onicecandidate = ({ candidate }) => void caller.addIceCandidate(candidate ?? undefined);
    const received = new MediaStream();
    callee.ontrack = ({ track }) => received.addTrack(track);
    const stream = film(options);
    for (const track of stream.getTracks()) caller.addTrack(track, stream);
    for (const transceiver of caller.getTransceivers()) {
      if (transceiver.sender.track?.kind !== 'video') continue;
      const codecs = RTCRtpSender.getCapabilities('video')?.codecs ?? [];
      const first = codecs.filter(({ mimeType }) => mimeType.toLowerCase() === options.mimeType);
      transceiver.setCodecPreferences([...first, ...codecs.filter((codec) => !first.includes(codec))]);
    }
    await caller.setLocalDescription();
    await callee.setRemoteDescription(/** @type {RTCSessionDescriptionInit} */ (caller.localDescription));
    await callee.setLocalDescription();
    await caller.setRemoteDescription(/** @type {RTCSessionDescriptionInit} */ (callee.localDescription));
    const video = Object.assign(document.createElement('video'), { srcObject: received, autoplay: true });
    document.body.append(video);
    await video.play();
    return watch(video);
  };

  Object.assign(window, { soukClock: { film, read, watch, whenPlaying, callMyself, readPlayoutDelay } });
}
