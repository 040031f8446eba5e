import type { IncomingMessage, ServerResponse } from 'node:http';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  LogController,
  type RawServerDefault,
} from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Registry } from 'prom-client';
import { AppError, toAppError, toErrorBody } from './app-error.ts';
import type { Logger } from './logger.ts';

export type HttpServer = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface HttpServerOptions {
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly bodyLimitBytes?: number;
  /** Rejects while the service cannot do its work; `/healthz` answers 503 then. */
  readonly checkReadiness?: () => Promise<void>;
  /**
   * False sends answers as the handlers made them, without a look at their schemas: types have been checked before, and
   * the look costs more than most handlers. True, as it is when left out, makes a fault of an answer that does not fit.
   */
  readonly checkAnswers?: boolean;
  /** Turns what a library threw into an error of the table, where the service knows better; others come back as they are. */
  readonly explainError?: (error: unknown) => unknown;
}

const DEFAULT_BODY_LIMIT_BYTES = 64 * 1_024;
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * A Fastify server as every service of the house has it: zod at the door, answers `{ ok, data | error }`,
 * request ids in the log, `/healthz` and `/metrics`. It stands behind the edge, on a private address,
 * so it believes the edge's X-Forwarded headers from loopback and private networks only.
 */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const server = Fastify({
    loggerInstance: options.logger as FastifyBaseLogger,
    // One logger for all: a child for each request costs more than the few lines that are written. The id is named there.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimitBytes ?? DEFAULT_BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    genReqId: () => crypto.randomUUID(),
    forceCloseConnections: true,
    // What the router itself refuses never reaches the error handler.
    frameworkErrors: (error, _request, reply) => refuse(reply as unknown as FastifyReply, fromFastify(error)),
  }).withTypeProvider<ZodTypeProvider>();
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(
    options.checkAnswers === false ? () => (data) => JSON.stringify(data) : serializerCompiler,
  );
  server.setErrorHandler((error: unknown, request, reply) => {
    const appError = fromFastify(options.explainError?.(error) ?? error);
    const level = appError.status < 500 ? 'info' : 'error';
    request.log[level]({
      event: 'request-failed',
      requestId: request.id,
      code: appError.code,
      route: request.routeOptions.url,
      err: causeOf(appError),
    });
    if (appError.retryAfterMs !== undefined)
      void reply.header('retry-after', Math.ceil(appError.retryAfterMs / 1_000));
    return refuse(reply, appError);
  });
  server.setNotFoundHandler((_request, reply) => refuse(reply, new AppError('NOT_FOUND')));
  addOperations(server, options);
  return server as unknown as HttpServer;
}

function refuse(reply: FastifyReply, error: AppError): FastifyReply {
  return reply.status(error.status).send({ ok: false, error: toErrorBody(error) });
}

function addOperations(
  server: Pick<FastifyInstance, 'get'>,
  { metrics, checkReadiness }: HttpServerOptions,
): void {
  server.get('/healthz', async (_request, reply) => {
    const ready = await (checkReadiness?.() ?? Promise.resolve()).then(
      () => true,
      () => false,
    );
    return reply.status(ready ? 200 : 503).send({ ok: ready });
  });
  server.get('/metrics', async (_request, reply) =>
    reply.header('content-type', metrics.contentType).send(await metrics.metrics()),
  );
}

/** Only faults of our own are logged with their cause: a caller's mistake may carry the caller's secrets. */
function causeOf(error: AppError): unknown {
  return error.status < 500 ? undefined : (error.cause ?? error);
}

const fastifyCodes: Readonly<Record<string, AppError['code']>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_INVALID_JSON_BODY: 'INVALID_INPUT',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'INVALID_INPUT',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'INVALID_INPUT',
  FST_ERR_BAD_URL: 'INVALID_INPUT',
  // No id of ours is that long.
  FST_ERR_MAX_PARAM_LENGTH: 'NOT_FOUND',
};

function fromFastify(error: unknown): AppError {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.slice(0, 20).map(({ instancePath, message }) => ({
      path: instancePath.split('/').filter(Boolean).join('.'),
      message: message ?? 'does not fit',
    }));
    return new AppError('INVALID_INPUT', { issues });
  }
  if (!isFastifyError(error)) return toAppError(error);
  const code = fastifyCodes[error.code];
  if (code !== undefined) return new AppError(code, { cause: error });
  return error.statusCode !== undefined && error.statusCode < 500
    ? new AppError('INVALID_INPUT', { cause: error })
    : toAppError(error);
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('FST_');
}

/** The body of an answer that went well. */
export function ok<Data>(data: Data): { ok: true; data: Data } {
  return { ok: true, data };
}
