import type { HttpCommandSpec } from '@souk/protocol/commands/command-spec';
import { httpCommands } from '@souk/protocol/commands/http-commands';
import { AppError } from '@souk/runtime/app-error';
import type { HTTPMethods, RouteOptions } from 'fastify';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly HTTPMethods[];

/** Routes for the methods that a path of the table does not have: METHOD_NOT_ALLOWED instead of NOT_FOUND. */
export function createOtherMethodRoutes(): RouteOptions[] {
  const specs: readonly HttpCommandSpec[] = Object.values(httpCommands);
  const urls = [...new Set(specs.map((spec) => spec.path))];
  return urls.flatMap((url) => {
    const offered = specs.filter((spec) => spec.path === url).map((spec) => spec.method);
    const missing = methods.filter((method) => !offered.includes(method));
    return missing.length === 0 ? [] : [createRefusal(url, missing)];
  });
}

function createRefusal(url: string, method: HTTPMethods[]): RouteOptions {
  return {
    method,
    url,
    schema: { hide: true },
    handler: async () => {
      throw new AppError('METHOD_NOT_ALLOWED');
    },
  };
}
