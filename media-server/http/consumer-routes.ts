import { mediaCommands } from '@souk/protocol/http/media';
import { type HttpServer, ok } from '@souk/runtime/http-server';
import { answerOf } from './answers.ts';
import type { SessionGuard } from './session-guard.ts';

const toggle = mediaCommands['media:switch'];
const layers = mediaCommands['media:layers'];

/** What a watcher wants of the tracks: none of one that nobody looks at, less of one that costs too much. */
export function addConsumerRoutes(server: HttpServer, guard: SessionGuard): void {
  server.post(
    toggle.path,
    { schema: { params: toggle.params, response: answerOf(toggle.response) } },
    async (request) => {
      const { sessionId, consumerId, action } = request.params;
      const { link } = await guard.getWatcher(request, sessionId);
      await link.setPaused(consumerId, action === 'pause');
      return ok({});
    },
  );

  server.put(
    layers.path,
    { schema: { params: layers.params, body: layers.body, response: answerOf(layers.response) } },
    async (request) => {
      const { sessionId, consumerId } = request.params;
      const { link } = await guard.getWatcher(request, sessionId);
      await link.setMaxLayer(consumerId, request.body.maxSpatialLayer);
      return ok({});
    },
  );
}
