import { httpCommands } from '@souk/protocol/commands/http-commands';
import { z } from 'zod';

/** A JSON schema (draft 2020-12), as far as the fuzz reads it. */
export const jsonSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), jsonSchema).optional();
  },
  get items() {
    return jsonSchema.optional();
  },
  get anyOf() {
    return z.array(jsonSchema).optional();
  },
  get oneOf() {
    return z.array(jsonSchema).optional();
  },
});
export type JsonSchema = z.infer<typeof jsonSchema>;

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().optional(),
  schema: jsonSchema,
});

const operationSchema = z.object({
  operationId: z.string(),
  /** `For: host, merchant, admin.` */
  description: z.string().optional(),
  security: z.array(z.unknown()).optional(),
  parameters: z.array(parameterSchema).optional(),
  requestBody: z
    .object({ content: z.object({ 'application/json': z.object({ schema: jsonSchema }) }) })
    .optional(),
});

const descriptionSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

export type Parameter = z.infer<typeof parameterSchema>;

/** One operation of the API, as its description tells. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** Parameters stand as `{name}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: JsonSchema | undefined;
  /** Who may call it; `public` asks for no token. */
  readonly roles: readonly string[] | 'public';
  /** True for the operations that a media ticket opens. */
  readonly isMedia: boolean;
  /** Asked for as server-sent events. */
  readonly isStream: boolean;
}

/**
 * Reads the OpenAPI description; what can be asked for as a stream besides is an operation of its own. Throws ZodError
 * when it is not of the form that is expected.
 */
export function readOperations(description: unknown): Operation[] {
  return readTable(description).flatMap((operation) =>
    streamed.has(operation.id)
      ? [operation, { ...operation, id: `${operation.id} as a stream`, isStream: true }]
      : [operation],
  );
}

/** The commands of the table that have an event stream. */
const streamed: ReadonlySet<string> = new Set(
  Object.entries(httpCommands).flatMap(([name, spec]) => ('hasEventStream' in spec ? [name] : [])),
);

function readTable(description: unknown): Operation[] {
  const { paths } = descriptionSchema.parse(description);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      parameters: operation.parameters ?? [],
      body: operation.requestBody?.content['application/json'].schema,
      roles: operation.security === undefined ? 'public' : rolesOf(operation.description),
      isMedia: path.startsWith('/media'),
      isStream: false,
    })),
  );
}

function rolesOf(description = ''): string[] {
  const names = /^For: ([\w, ]+)\./.exec(description)?.[1];
  return names === undefined ? [] : names.split(', ');
}
