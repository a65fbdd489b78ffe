import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';

const usableId = /^[\w.:-]{1,128}$/;
// Source: W3C Trace Context, section 3.2.
const traceparent = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's X-Request-Id where it is safe to log, else a new one. */
export function requestId(request: { headers: IncomingHttpHeaders }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && usableId.test(given) ? given : randomUUID();
}

/** The caller's trace context where it has the form of one. */
export function traceContext(request: { headers: IncomingHttpHeaders }): { traceparent?: string } {
  const given = request.headers.traceparent;
  return typeof given === 'string' && traceparent.test(given) ? { traceparent: given } : {};
}

/** What a message carries on of the request that caused it: its id and trace context. */
export const messageHeaders = (request: FastifyRequest): Record<string, string> => ({
  'x-request-id': request.id,
  ...traceContext(request),
});
