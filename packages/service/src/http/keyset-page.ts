import { limits } from '@comprimemelo/contracts/limits';
import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { ProblemError } from '../problem/problem-error.js';

/** The query parameters of every list. Lists are ordered by id and therefore by creation time. */
export const pageQuery = {
  limit: Type.Integer({
    default: limits.pageSize,
    minimum: 1,
    maximum: limits.maxPageSize,
    description: 'Maximum number of items in a page',
  }),
  cursor: Type.Optional(
    Type.String({ maxLength: 64, description: '`nextCursor` from the previous page' }),
  ),
  order: Type.Enum(['desc', 'asc'], {
    default: 'desc',
    description: '`desc` is newest first, `asc` oldest first',
  }),
};

/** `nextCursor` is null on the last page. */
export const pageOf = <T extends Type.TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    nextCursor: Type.Union([
      Type.String({ examples: ['MDE5M2ExZGUtN2I1Yy03YzNlLTlkMWYtMmY2YTBjNGI4ZTEx'] }),
      Type.Null(),
    ]),
  });

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Says of a cursor that no page of the list gave it. */
export const invalidCursor = (cause?: unknown): ProblemError =>
  new ProblemError('invalid-cursor', {
    errors: [
      { pointer: '/cursor', detail: '`cursor` must be the `nextCursor` of a page of this list.' },
    ],
    cause,
  });

/** The id after which the page starts. Throws `invalid-cursor` for a malformed cursor. */
export function readCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = Buffer.from(cursor, 'base64url').toString('latin1');
  if (!uuid.test(id)) throw invalidCursor();
  return id;
}

/** The cursor of the page that starts after this id; null where there is none. */
export const writeCursor = (after: string | null): string | null =>
  after === null ? null : Buffer.from(after).toString('base64url');

/** The Link header that leads to the next page (RFC 8288), relative to the origin. */
export function nextLink(request: FastifyRequest, nextCursor: string): string {
  const { url } = request;
  // Split at the first question mark only: the query may contain others (RFC 3986, section 3.4).
  const path = url.split('?', 1)[0] ?? url;
  const parameters = new URLSearchParams(url.slice(path.length + 1));
  parameters.set('cursor', nextCursor);
  return `<${path.replace(/\/$/, '')}?${parameters}>; rel="next"`;
}
