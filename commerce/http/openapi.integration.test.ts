import type { HttpCommandSpec } from '@souk/protocol/commands/command-spec';
import { httpCommands } from '@souk/protocol/commands/http-commands';
import { mediaCommands } from '@souk/protocol/http/media';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCommerce, type TestCommerce } from '../testing/test-commerce.ts';

let commerce: TestCommerce;
beforeAll(async () => {
  commerce = await startTestCommerce();
});
afterAll(() => commerce.stop());

describe('/api/openapi.json', () => {
  it('describes every command of both tables and the webhook, and nothing else', async () => {
    const { paths } = (await commerce.http.inject('/api/openapi.json')).json();
    const described = Object.entries<Record<string, { operationId: string }>>(paths).flatMap(
      ([path, operations]) =>
        Object.entries(operations).map(([method, { operationId }]) => `${operationId} ${method} ${path}`),
    );
    const commands: Record<string, Pick<HttpCommandSpec, 'method' | 'path'>> = {
      ...httpCommands,
      ...mediaCommands,
      'payment:webhook': { method: 'POST', path: '/api/payments/webhooks/:gateway' },
    };
    const declared = Object.entries(commands).map(
      ([name, { method, path }]) => `${name} ${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
    );
    expect(described.sort()).toEqual(declared.sort());
  });

  it('carries the schemas of input and answer', async () => {
    const { paths } = (await commerce.http.inject('/api/openapi.json')).json();
    const place = paths['/api/checkout/orders'].post;
    expect(place.requestBody.content['application/json'].schema.properties).toHaveProperty('quoteId');
    expect(place.responses['200'].content['application/json'].schema.properties).toHaveProperty('data');
    expect(place.responses).toHaveProperty('4XX');
  });

  it('carries the schemas of the media API, which another service answers', async () => {
    const { paths } = (await commerce.http.inject('/api/openapi.json')).json();
    const produce = paths['/media/sessions/{sessionId}/produce'].post;
    expect(produce.requestBody.content['application/json'].schema.properties).toHaveProperty('kind');
    expect(produce.parameters).toMatchObject([{ name: 'sessionId', in: 'path', required: true }]);
    const answer = produce.responses['200'].content['application/json'].schema;
    expect(answer.properties.data.properties).toHaveProperty('producerId');
  });
});
