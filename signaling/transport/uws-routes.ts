import type { HttpResponse, TemplatedApp } from 'uWebSockets.js';
import type { RouteAnswer, TransportOptions } from './hub-transport.ts';

/** Answers the plain GET routes beside the socket; everything else is 404. */
export function addUwsRoutes(app: TemplatedApp, { routes, logger }: TransportOptions): void {
  for (const [path, answer] of Object.entries(routes)) {
    app.get(path, (response) => {
      let aborted = false;
      response.onAborted(() => {
        aborted = true;
      });
      answer()
        .then((sent) => {
          if (!aborted) end(response, sent);
        })
        .catch((err: unknown) => {
          logger.error({ event: 'route-failed', path, err });
          if (!aborted) end(response, { status: 503, contentType: 'application/json', body: '{"ok":false}' });
        });
    });
  }
  app.any('/*', (response) => {
    response.writeStatus('404 Not Found').end();
  });
}

const statusLines = { 200: '200 OK', 503: '503 Service Unavailable' } as const;

function end(response: HttpResponse, { status, contentType, body }: RouteAnswer): void {
  response.cork(() => {
    response.writeStatus(statusLines[status]).writeHeader('content-type', contentType).end(body);
  });
}
