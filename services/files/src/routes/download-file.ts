import { IdParams } from '@comprimemelo/contracts/identifier';
import { toFile } from '@comprimemelo/prisma/file-row';
import type { ByteRange } from '@comprimemelo/service/byte-range';
import type { App } from '@comprimemelo/service/http-app';
import { problemResponses, secured } from '@comprimemelo/service/openapi';
import { ProblemError } from '@comprimemelo/service/problem-error';
import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import type { FilesDependencies } from '../app.js';
import { judgeConditions } from '../conditions.js';
import { contentEtag, contentHeaders } from '../content-headers.js';
import { ownedFile } from '../owned-file.js';
import { hasCarrier, sendByNginx } from '../send-by-nginx.js';

const bytes = (description: string) =>
  ({
    description,
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  }) as const;

const schema = {
  operationId: 'downloadFile',
  tags: ['Files'],
  summary: "Download a file's content",
  description: 'Takes a single `Range`, `If-Range` and `If-None-Match`; the `ETag` is the SHA-256.',
  security: secured,
  params: IdParams,
  response: {
    200: bytes('The whole content'),
    206: bytes('The range that was asked for'),
    304: { ...Type.Null(), description: 'The client has this content' },
    ...problemResponses(
      'invalid-request',
      'unauthenticated',
      'file-not-found',
      'precondition-failed',
      'range-not-satisfiable',
      'unavailable',
    ),
  },
};

const contentRange = ({ start, end }: ByteRange, size: number) => `bytes ${start}-${end}/${size}`;

export function downloadFile(app: App, dependencies: FilesDependencies): void {
  const { db, storage } = dependencies;
  app.get('/api/files/:id/content', { schema, exposeHeadRoute: true }, async (request, answer) => {
    // The bytes go by other ways than a schema's.
    const reply = answer as unknown as FastifyReply;
    const row = await ownedFile(db, request.userId, request.params.id);
    const file = toFile(row);
    const verdict = judgeConditions(request.headers, contentEtag(file.sha256), file.size);
    if (verdict.answer === 'precondition-failed') throw new ProblemError('precondition-failed');
    if (verdict.answer === 'range-not-satisfiable') {
      const headers = { 'content-range': `bytes */${file.size}` };
      throw new ProblemError('range-not-satisfiable', { headers });
    }
    reply.headers(contentHeaders(file));
    if (verdict.answer === 'not-modified') return reply.code(304).send();

    const range = verdict.answer === 'range' ? verdict.range : undefined;
    if (hasCarrier(request)) {
      return sendByNginx(request, reply, { blobKey: row.blobKey, range }, dependencies);
    }
    const length = range === undefined ? file.size : range.end - range.start + 1;
    reply.header('content-length', length);
    if (range !== undefined)
      reply.code(206).header('content-range', contentRange(range, file.size));
    if (request.method === 'HEAD') return reply.send();
    const blob = await storage.get(row.blobKey, range === undefined ? {} : { range });
    return reply.send(blob.stream);
  });
}
