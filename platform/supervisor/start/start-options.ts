import { parseArgs } from 'node:util';
import type { DemoExtent } from '../house/options.ts';
import { SetupError } from '../setup/setup-error.ts';

export interface StartOptions {
  demo: DemoExtent;
  https: boolean;
  port: number;
  host: string;
}

const DEFAULT_PORT = 8_080;

/**
 * Reads `npm start -- --no-demo --https --port 9000` and the variables EDGE_PORT and EDGE_HOST.
 * In production there is no demo shop, whatever is asked. Throws a SetupError for what it does not know.
 */
export function parseStartOptions(args: readonly string[], env: NodeJS.ProcessEnv): StartOptions {
  const values = parse(args);
  const port = Number(values.port ?? env['EDGE_PORT'] ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SetupError(
      'The port is not a port.',
      `It is "${values.port ?? env['EDGE_PORT']}".`,
      'Give a number from 1 to 65535.',
    );
  }
  return {
    demo: demoExtent(values.demo, env),
    https: values.https,
    port,
    // By TLS the origin is for other devices; without it browsers there allow neither camera nor microphone.
    host: env['EDGE_HOST'] || (values.https ? '0.0.0.0' : '127.0.0.1'),
  };
}

/** `--no-demo` leaves the show out; production has no demo accounts either. */
function demoExtent(wanted: boolean, env: NodeJS.ProcessEnv): DemoExtent {
  if (env['NODE_ENV'] === 'production') return 'none';
  return wanted ? 'show' : 'shop';
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        demo: { type: 'boolean', default: true },
        https: { type: 'boolean', default: false },
        port: { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SetupError('An option is not known.', why, 'Known are --no-demo, --https and --port NUMBER.');
  }
}
