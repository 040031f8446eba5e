import { httpCommands } from '@souk/protocol/commands/http-commands';
import { AppError } from '@souk/runtime/app-error';

const knownPaths = [...new Set(Object.values(httpCommands).map((spec) => spec.path))].map(
  (path) => new RegExp(`^${path.replaceAll(/:[a-zA-Z]+/g, '[^/]+')}$`),
);

/** Why no route fits: the path is known with another method, or not at all. */
export function createNotFoundError(url: string): AppError {
  const [path = ''] = url.split('?', 1);
  return new AppError(knownPaths.some((known) => known.test(path)) ? 'METHOD_NOT_ALLOWED' : 'NOT_FOUND');
}
