/*
 * Clients of other houses, as a page of their own that the tests put beside ours: a WHIP encoder and a WHEP player.
 * The browser runs this file, bundled by `bundle-clients.ts`.
 */
import { WebRTCPlayer } from '@eyevinn/webrtc-player';
import { WHIPClient } from '@eyevinn/whip-web-client';

declare global {
  interface Window {
    /** Sends the camera and the microphone to a WHIP endpoint, and gives the address of the session. */
    soukTestPublish?: (endpoint: string, key: string) => Promise<string>;
    soukTestUnpublish?: () => Promise<void>;
    /** Plays a WHEP endpoint in the page's video. */
    soukTestPlay?: (endpoint: string, token: string) => Promise<void>;
    soukTestUnplay?: () => Promise<void>;
  }
}

let encoder: WHIPClient | undefined;
let player: WebRTCPlayer | undefined;

window.soukTestPublish = async (endpoint, key) => {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: true,
    video: { width: 640, height: 360 },
  });
  encoder = new WHIPClient({ endpoint, opts: { authkey: key, iceServers: [] } });
  await encoder.ingest(stream);
  return encoder.getResourceUrl();
};
window.soukTestUnpublish = async () => encoder?.destroy();

window.soukTestPlay = async (endpoint, token) => {
  const video = document.querySelector('video');
  if (video === null) throw new Error('the page has no video');
  player = new WebRTCPlayer({ video, type: 'whep', iceServers: [] });
  await player.load(new URL(endpoint), `Bearer ${token}`);
};
window.soukTestUnplay = async () => player?.unload();
