import { createId } from '@souk/protocol/ids';
import { createRandom } from '@souk/protocol/testing/random';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMemory, type Memory } from './memory.ts';
import { createMenu } from './menu.ts';
import { noteSession, WATCHING } from './note-session.ts';
import { jsonSchema, type Operation, readOperations } from './operations.ts';
import { readFirstEvents } from './read-stream.ts';
import { makeRequest } from './request.ts';
import { spoil } from './spoil.ts';
import { makeValue } from './values.ts';

const contextOf = (seed: number) => ({
  operationId: 'lamp:light',
  chance: createRandom(seed),
  memory: createMemory(),
  actor: 'guest 0',
  near: [],
});
const seeds = Array.from({ length: 200 }, (_, seed) => seed);

const operation: Operation = {
  id: 'lamp:light',
  method: 'POST',
  path: '/api/lamps/{lampId}',
  parameters: [{ name: 'lampId', in: 'path', required: true, schema: { type: 'string' } }],
  body: { type: 'object', properties: { watts: { type: 'integer', minimum: 1 } }, required: ['watts'] },
  roles: ['host'],
  isMedia: false,
  isStream: false,
};

describe('values', () => {
  it('fit the schema that they are made for', () => {
    const schema = z.strictObject({
      title: z.string().min(3).max(12),
      size: z.int().min(5).max(9),
      tags: z
        .array(z.enum(['a', 'b']))
        .min(1)
        .max(2),
      tone: z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('loud'), level: z.int().min(1) }),
        z.strictObject({ type: z.literal('mute') }),
      ]),
      note: z
        .string()
        .regex(/^[A-Z]{2}-\d{3}$/)
        .optional(),
      nothing: z.null(),
    });
    const described = jsonSchema.parse(z.toJSONSchema(schema));
    for (const seed of seeds) schema.parse(makeValue(described, '', contextOf(seed)));
  });
});

describe('memory', () => {
  it('gives what belongs to the things at hand before anything else', () => {
    const memory = createMemory();
    const [here, there] = [createId('show'), createId('show')];
    const [mine, other] = [createId('sale'), createId('sale')];
    memory.learn('host', [here], { sale: { id: mine } });
    memory.learn('host', [there], { sale: { id: other } });
    const recall = (seed: number) => memory.recall('sal', 'host', [here], createRandom(seed));
    const found = seeds.map(recall);
    expect(found.filter((id) => id === mine).length).toBeGreaterThan(found.length / 2);
    expect(memory.recall('ord', 'host', [here], createRandom(1))).toBeUndefined();
  });

  it('leads from a ticket to the show that it is for', () => {
    const memory = createMemory();
    const [here, there] = [createId('show'), createId('show')];
    const token = 'eyJhbGciOiJFZERTQSJ9.e30.c2ln';
    memory.learn('host', [here], { media: { token } });
    memory.learn('host', [], { show: { id: there } });
    const found = seeds.map((seed) => memory.recall('shw', 'host', [token], createRandom(seed)));
    expect(found.filter((id) => id === here).length).toBeGreaterThan(found.length / 2);
  });
});

describe('a session that was begun', () => {
  const begin = (memory: Memory, token: string, tracks: number) => {
    const consumers = Array.from({ length: tracks }, () => ({
      id: crypto.randomUUID(),
      producerId: crypto.randomUUID(),
      kind: 'video' as const,
      rtpParameters: {},
    }));
    const transport = { id: 'x', iceParameters: {}, iceCandidates: [], dtlsParameters: {} };
    const session = {
      sessionId: createId('mediaSession'),
      streamId: createId('stream'),
      transport,
      consumers,
    };
    noteSession(memory, 'viewer', { showId: createId('show'), seen: { media: { token } }, session });
    return session;
  };

  it('leads from the ticket of one who watches to the tracks', () => {
    const memory = createMemory();
    const [watching, publishing] = ['eyJ.watch.c2ln', 'eyJ.publish.c2ln'];
    const { sessionId, consumers } = begin(memory, watching, 2);
    begin(memory, publishing, 0);
    const recall = (kind: string, near: string[]) =>
      new Set(seeds.map((seed) => memory.recall(kind, 'viewer', near, createRandom(seed))));
    expect(recall(WATCHING, []).has(publishing)).toBe(false);
    expect(recall('consumerId', [watching, sessionId])).toEqual(new Set(consumers.map(({ id }) => id)));
    expect(recall('token', [])).toEqual(new Set([watching, publishing]));
  });
});

describe('requests', () => {
  it('fill in what the path asks for', () => {
    const request = makeRequest(operation, contextOf(1));
    expect(request.path).toMatch(/^\/api\/lamps\/[^{}]+$/);
    expect(request.body).toHaveProperty('watts');
  });

  it('are never the same after they were spoiled', () => {
    for (const seed of seeds) {
      const request = makeRequest(operation, contextOf(seed));
      expect(JSON.stringify(spoil(request, createRandom(seed)))).not.toBe(JSON.stringify(request));
    }
  });
});

describe('the menu', () => {
  it('lets everybody try everything before it goes by weight', () => {
    const token = async () => undefined;
    const cookies = async () => ({});
    const actors = (['nobody', 'guest', 'host'] as const).map((role) => ({
      name: role,
      role,
      token,
      cookies,
    }));
    const menu = createMenu([operation, { ...operation, id: 'lamp:dim' }], actors);
    const served = Array.from({ length: 6 }, (_, turn) => menu.choose(turn, createRandom(turn)));
    expect(new Set(served.map(({ operation: { id }, actor }) => `${id} ${actor.name}`)).size).toBe(6);
  });
});

describe('a stream', () => {
  const read = (text: string) => readFirstEvents(new Response(text));

  it('is all right when its events are, the last of which may be cut', async () => {
    const events = 'retry: 20\n\n:\nid: e/1-0\n\nid\nevent: end\ndata: {"reason":"banned"}\n\ndata: {"cu';
    expect(await read(events)).toBeUndefined();
  });

  it.each(['data: {\n\n', 'oops\n\n', 'event:\n\n'])('is not with %j', async (events) => {
    expect(await read(events)).toBe(events.trim());
  });
});

describe('operations', () => {
  it('are read from the description, with the roles that it names', () => {
    const paths = {
      '/api/lamps': { get: { operationId: 'lamp:list' } },
      '/api/lamps/{lampId}': {
        post: {
          operationId: 'lamp:light',
          security: [{ bearer: [] }],
          description: 'For: host, admin.',
          requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
        },
      },
    };
    expect(readOperations({ paths })).toMatchObject([
      { id: 'lamp:list', method: 'GET', roles: 'public', body: undefined },
      { id: 'lamp:light', method: 'POST', roles: ['host', 'admin'], body: { type: 'object' } },
    ]);
  });

  it('are two where a stream can be asked for', () => {
    const read = readOperations({ paths: { '/api/timeline': { get: { operationId: 'timeline:read' } } } });
    expect(read.map(({ id, isStream }) => [id, isStream])).toEqual([
      ['timeline:read', false],
      ['timeline:read as a stream', true],
    ]);
  });
});
