import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';

const usableId = /^[\w.:-]{1,128}$/;
// Source: W3C Trace Context, section 3.2.
const traceparent = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The X-Request-Id of the caller if it is safe to log; otherwise a new one. */
export function requestId(request: { headers: IncomingHttpHeaders }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && usableId.test(given) ? given : randomUUID();
}

/** The trace context of the caller if it is well-formed. */
export function traceContext(request: { headers: IncomingHttpHeaders }): { traceparent?: string } {
  const given = request.headers.traceparent;
  return typeof given === 'string' && traceparent.test(given) ? { traceparent: given } : {};
}

/** The request id and trace context to attach to messages that a request causes. */
export const messageHeaders = (request: FastifyRequest): Record<string, string> => ({
  'x-request-id': request.id,
  ...traceContext(request),
});
