import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Answers with a JSON text under a strong ETag, or with 304 where the client has it already (RFC 9110,
 * section 13.1.2). The text is sent as it is: no second serialization.
 */
export function sendCacheable(request: FastifyRequest, reply: FastifyReply, json: string) {
  const etag = `"${createHash('sha1').update(json).digest('base64url')}"`;
  reply.header('etag', etag).header('cache-control', 'private, no-cache');
  const given = request.headers['if-none-match'];
  if (given?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)) {
    return reply.code(304).send();
  }
  return reply
    .type('application/json; charset=utf-8')
    .serializer((text: unknown) => text as string)
    .send(json);
}
