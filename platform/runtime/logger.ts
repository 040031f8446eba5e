import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import { createLogOutput, type LogOutput } from './log-output.ts';
import { serializeError } from './serialize-error.ts';

export type Logger = PinoLogger;

const secretKeys = [
  'password',
  'token',
  'accessToken',
  'clientSecret',
  'cardNumber',
  'cookie',
  'authorization',
  'secret',
];

/** Paths at which a secret could stand in a log line, one level deep and in request headers. */
const redactedPaths = [
  ...secretKeys,
  ...secretKeys.map((key) => `*.${key}`),
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
];

export interface LoggerOptions {
  readonly name: string;
  readonly level: string;
  /** Where lines go; standard output when left out. */
  readonly destination?: DestinationStream;
}

let standardOutput: LogOutput | undefined;

/** The process has one standard output, however many loggers write to it. */
function getStandardOutput(): LogOutput {
  standardOutput ??= createLogOutput(process.stdout);
  return standardOutput;
}

/** A JSON logger (pino). Secrets are replaced; errors are logged under `err`. */
export function createLogger({ name, level, destination }: LoggerOptions): Logger {
  const options = {
    name,
    level,
    redact: { paths: redactedPaths, censor: '[redacted]' },
    serializers: { err: (error: unknown) => serializeError(error) },
  };
  return pino(options, destination ?? getStandardOutput());
}
