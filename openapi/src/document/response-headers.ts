import type { Operation, Response } from '../model/document.js';

interface Header {
  description: string;
  schema: object;
  required?: boolean;
}

const text = { type: 'string' };

/** Every header that an answer may carry and that a client may want to read. */
export const headers: Record<string, Header> = {
  'X-Request-Id': {
    description: 'Id of this request, also in the logs; if you sent an id, it is used',
    schema: { ...text, examples: ['7d1f1c1e9a8b4e6f'] },
    required: true,
  },
  Location: {
    description: 'Address of the resource that was created or is to be fetched',
    schema: {
      ...text,
      format: 'uri-reference',
      examples: ['/api/tasks/0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11'],
    },
    required: true,
  },
  'Retry-After': {
    description: 'Seconds to wait before trying again',
    schema: { type: 'integer', minimum: 0, examples: [1] },
  },
  ETag: {
    description: 'Send it as `If-None-Match` next time: 304 means that nothing has changed',
    schema: { ...text, examples: ['"X1J3bRnQk0y1v2m3n4b5c6d7e8f"'] },
    required: true,
  },
  Link: {
    description: '`rel="next"` links to the next page (RFC 8288)',
    schema: { ...text, examples: ['</api/tasks?cursor=MDE5M2ExZGU>; rel="next"'] },
  },
  'Content-Disposition': {
    description: 'File name to save the content under (RFC 6266)',
    schema: { ...text, examples: ['attachment; filename="report.zip"'] },
    required: true,
  },
  'Content-Range': {
    description: 'The byte range in this response and the total size',
    schema: { ...text, examples: ['bytes 0-99/97412'] },
    required: true,
  },
  'Repr-Digest': {
    description: 'SHA-256 of the whole content (RFC 9530)',
    schema: { ...text, examples: ['sha-256=:LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564=:'] },
    required: true,
  },
};

/** With what every answer of its status has, in front of and behind what the route says of it. */
function withHeaders(status: string, response: Response): Response {
  const later = ['429', '503', 'default'].includes(status) ? ['Retry-After'] : [];
  // A problem's body has the request id.
  const id = status < '400' ? ['X-Request-Id'] : [];
  const names = [...id, ...Object.keys(response.headers ?? {}), ...later];
  if (names.length === 0) return response;
  const references = names.map((name) => [name, { $ref: `#/components/headers/${name}` }]);
  return { ...response, headers: Object.fromEntries(references) };
}

/** The operation with references to the headers of its answers. */
export const withResponseHeaders = (operation: Operation): Operation => ({
  ...operation,
  responses: Object.fromEntries(
    Object.entries(operation.responses).map(([status, response]) => [
      status,
      withHeaders(status, response),
    ]),
  ),
});
