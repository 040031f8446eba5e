import { createLogger } from '@souk/runtime/logger';
import { describeSfuBackend } from '../sfu-backend.contract.ts';
import { createMediasoupBackend } from './mediasoup-backend.ts';

describeSfuBackend('mediasoup', {
  can: { plainRtp: true, branches: true },
  create: (options) =>
    createMediasoupBackend({
      workers: 2,
      rtcPort: 0,
      addresses: [{ ip: '127.0.0.1' }],
      workerBin: process.env['MEDIASOUP_WORKER_BIN'],
      logger: createLogger({ name: 'test', level: 'silent' }),
      ...options,
    }),
});
