import { createRequire } from 'node:module';
import type * as Mediasoup from 'mediasoup';
import { expect, test } from 'vitest';
import { fromRoot } from '../paths.ts';
import { getMediasoupVersion, workerBinaryPath } from './worker-binary.ts';

// The supervisor does not depend on mediasoup; it only prepares the worker for those that do.
const mediasoup = createRequire(fromRoot('media-server/package.json'))('mediasoup') as typeof Mediasoup;

test('the worker of this machine starts through mediasoup and makes encrypted transports', async () => {
  const worker = await mediasoup.createWorker({ workerBin: workerBinaryPath(), logLevel: 'error' });
  const router = await worker.createRouter({
    mediaCodecs: [{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 }],
  });
  const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const;
  const browser = await router.createWebRtcTransport({ listenInfos: [listenInfo] });
  const encrypted = await router.createPlainTransport({
    listenInfo,
    enableSrtp: true,
    srtpCryptoSuite: 'AEAD_AES_256_GCM',
  });

  expect(mediasoup.version).toBe(getMediasoupVersion());
  expect(browser.dtlsParameters.fingerprints.length).toBeGreaterThan(0);
  expect(encrypted.srtpParameters?.keyBase64).toBeTruthy();
  worker.close();
});
