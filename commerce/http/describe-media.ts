import { errorAnswerSchema } from '@souk/protocol/error-codes';
import { type MediaCommandSpec, mediaCommands } from '@souk/protocol/http/media';
import { z } from 'zod';

type Operation = Record<string, unknown>;

/** OpenAPI 3.1 paths of the media API. The media server answers it, so no route of this server describes it. */
export function describeMedia(): Record<string, Record<string, Operation>> {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const [name, spec] of Object.entries<MediaCommandSpec>(mediaCommands)) {
    const path = spec.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [spec.method.toLowerCase()]: describeCommand(name, spec) };
  }
  return paths;
}

function describeCommand(name: string, spec: MediaCommandSpec): Operation {
  const error = jsonBody(z.toJSONSchema(errorAnswerSchema), 'Refused.');
  const answer = z.strictObject({ ok: z.literal(true), data: spec.response });
  return {
    operationId: name,
    summary: spec.summary,
    tags: ['media'],
    ...(spec.access === 'public'
      ? {}
      : { security: [{ bearer: [] }], description: 'The token is the media ticket of the show.' }),
    ...(spec.params === undefined ? {} : { parameters: describeParams(spec.params) }),
    ...(spec.body === undefined
      ? {}
      : { requestBody: { required: true, ...jsonBody(z.toJSONSchema(spec.body, { io: 'input' })) } }),
    responses: { '200': jsonBody(z.toJSONSchema(answer), 'Done.'), '4XX': error, '5XX': error },
  };
}

function describeParams(params: z.ZodType): Operation[] {
  const { properties = {} } = z.toJSONSchema(params, { io: 'input' });
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'path', required: true, schema }));
}

function jsonBody(schema: object, description?: string): Operation {
  return {
    content: { 'application/json': { schema } },
    ...(description === undefined ? {} : { description }),
  };
}
