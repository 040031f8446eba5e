import type { Redis } from '@souk/runtime/redis';
import type { Registry } from 'prom-client';
import type { RouteAnswer } from './transport/hub-transport.ts';

/** The routes for those who run the hub: `/healthz` is 200 while Redis answers, `/metrics` is for Prometheus. */
export function createOperationRoutes({ metrics, redis }: { metrics: Registry; redis: Redis }) {
  const health = async (): Promise<RouteAnswer> => {
    const ready = await redis.ping().then(
      () => true,
      () => false,
    );
    const contentType = 'application/json; charset=utf-8';
    return { status: ready ? 200 : 503, contentType, body: JSON.stringify({ ok: ready }) };
  };
  const measure = async (): Promise<RouteAnswer> => ({
    status: 200,
    contentType: metrics.contentType,
    body: await metrics.metrics(),
  });
  return { '/healthz': health, '/metrics': measure };
}
