import type { HttpServer } from '@souk/runtime/http-server';
import type { SdpResource, SdpResources, SdpSession } from './sdp-resources.ts';
import { addMethods, findType, getSessionId, getText, SDP, SDP_FRAGMENT } from './sdp-scope.ts';

interface SessionRequest {
  Params: { sessionId: string };
}

export interface SessionRoutes<Session extends SdpSession> {
  readonly resources: SdpResources<Session>;
  /** Takes the answer to an offer of ours, where we make any. */
  readonly takeAnswer?: (resource: SdpResource<Session>, sdp: string) => Promise<void>;
}

/**
 * Adds what both protocols do at the address of a session: PATCH with news of ICE (RFC 8840) or with the answer to an
 * offer of ours; DELETE ends it.
 */
export function addSessionRoutes<Session extends SdpSession>(
  scope: HttpServer,
  url: string,
  { resources, takeAnswer }: SessionRoutes<Session>,
): void {
  addMethods(scope, url, { methods: ['PATCH', 'DELETE'], acceptsPost: false });

  scope.patch<SessionRequest>(url, async (request, reply) => {
    const { authorization, 'if-match': ifMatch } = request.headers;
    const resource = resources.getOwn(getSessionId(request.params.sessionId), authorization);
    if (takeAnswer !== undefined && findType(request) === SDP) {
      await takeAnswer(resource, getText(request, SDP));
      return reply.status(204).send();
    }
    const fragment = await resource.patchIce(ifMatch, getText(request, SDP_FRAGMENT));
    if (fragment === undefined) return reply.status(204).send();
    return reply.status(200).headers({ etag: resource.etag(), 'content-type': SDP_FRAGMENT }).send(fragment);
  });

  scope.delete<SessionRequest>(url, async (request, reply) => {
    const id = getSessionId(request.params.sessionId);
    resources.getOwn(id, request.headers.authorization).session.link.end('left');
    return reply.status(200).send('');
  });
}
