import type { FastifyRequest } from 'fastify';
import { listed } from './field-words.js';

interface RouteSchema {
  consumes?: string[];
  body?: { content?: object };
}

/** The media types of bodies that the operation reads. */
function readTypes({ consumes, body }: RouteSchema): string[] {
  if (consumes !== undefined) return consumes;
  if (body === undefined) return [];
  return body.content === undefined ? ['application/json'] : Object.keys(body.content);
}

/** What to say of a body whose type is not read. */
export function wrongMediaType(request: FastifyRequest): string {
  const types = readTypes((request.routeOptions.schema ?? {}) as RouteSchema);
  if (types.length === 0) return 'This operation takes no body.';
  const given = request.headers['content-type'];
  const came = given === undefined ? 'there was none' : `got ${JSON.stringify(given.slice(0, 80))}`;
  return `\`Content-Type\` must be ${listed(types, 'or')}; ${came}.`;
}
