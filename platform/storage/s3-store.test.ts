import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeObjectStore } from './object-store.contract.ts';
import type { ObjectStore } from './object-store.ts';
import { createS3Store } from './s3-store.ts';
import { type S3StandIn, startS3StandIn } from './testing/s3-stand-in.ts';

const account = {
  bucket: 'souk',
  region: 'eu-central-1',
  accessKeyId: 'AKIATEST',
  secretAccessKey: 'a secret of a bucket',
};
const put = { contentType: 'video/mp4', cacheControl: 'public, max-age=60' };

describeObjectStore('S3', async () => {
  const standIn = await startS3StandIn(account);
  return { store: createS3Store({ ...account, endpoint: standIn.endpoint }), close: standIn.close };
});

describe('S3', () => {
  let standIn: S3StandIn;
  let store: ObjectStore;
  beforeAll(async () => {
    standIn = await startS3StandIn(account);
    store = createS3Store({ ...account, endpoint: standIn.endpoint });
  });
  afterAll(() => standIn.close());

  it('keeps how an object is to be served, for a CDN in front of the bucket', async () => {
    await store.put('a.mp4', Buffer.from('x'), put);
    expect(standIn.headersOf('a.mp4')).toEqual({
      'content-type': 'video/mp4',
      'cache-control': 'public, max-age=60',
    });
  });

  it('tries again when the storage is busy, and gives up at last', async () => {
    standIn.failNext(503, 2);
    await store.put('busy', Buffer.from('x'), put);
    expect(await store.head('busy')).toEqual({ sizeBytes: 1 });
    standIn.failNext(500, 9);
    await expect(store.put('busy', Buffer.from('x'), put)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    standIn.failNext(500, 0);
  });

  it('is refused with another secret, and does not insist', async () => {
    const stranger = createS3Store({
      ...account,
      endpoint: standIn.endpoint,
      secretAccessKey: 'another one',
    });
    await expect(stranger.head('a.mp4')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('says so when nobody answers', async () => {
    const nowhere = createS3Store({ ...account, endpoint: 'http://127.0.0.1:9' });
    await expect(nowhere.list('a/')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('has a stand-in that is refused in production', async () => {
    await expect(startS3StandIn(account, { NODE_ENV: 'production' })).rejects.toThrow(/production/);
  });
});
