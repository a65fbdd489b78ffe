import { IdParams } from '@comprimemelo/contracts/identifier';
import { toFile } from '@comprimemelo/prisma/lists/file-row';
import type { App } from '@comprimemelo/service/http/http-app';
import {
  problemResponses,
  type ResponseHeader,
  secured,
  sends,
} from '@comprimemelo/service/http/openapi';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { judgeConditions } from '../conditions.js';
import { contentEtag, contentHeaders } from '../content-headers.js';
import type { FilesDependencies } from '../dependencies.js';
import { ownedFile } from '../owned-file.js';
import { hasCarrier, type SentBlob, sendByNginx } from '../send-by-nginx.js';

const bytes = (description: string, ...headers: ResponseHeader[]) =>
  ({
    description,
    ...sends('ETag', 'Content-Disposition', 'Repr-Digest', ...headers),
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  }) as const;

const schema = {
  operationId: 'downloadFile',
  tags: ['Files'],
  summary: 'Download a file',
  description:
    'Supports a single byte range (`Range`, `If-Range`) and conditional requests (`If-Match`, `If-None-Match`). The `ETag` is the SHA-256 of the content; it is strong, so `If-Match: W/"..."` never holds.',
  security: secured,
  params: IdParams,
  response: {
    200: bytes('The whole content'),
    206: bytes('The requested range', 'Content-Range'),
    304: {
      ...Type.Null(),
      ...sends('ETag'),
      description: 'Not modified: the client already has this content',
    },
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

interface Blob extends SentBlob {
  /** Bytes. */
  size: number;
}

/** Streams the bytes through this process. HEAD gets only the headers. */
async function stream(
  request: FastifyRequest,
  reply: FastifyReply,
  blob: Blob,
  { storage }: FilesDependencies,
): Promise<FastifyReply> {
  const { blobKey, size, range, headers } = blob;
  // Open the blob before setting content headers, so that an error response does not carry them.
  const content =
    request.method === 'HEAD' ? undefined : await storage.get(blobKey, range ? { range } : {});
  reply
    .headers(headers)
    .header('content-length', range === undefined ? size : range.end - range.start + 1);
  if (range !== undefined) {
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
  }
  return content === undefined ? reply.send() : reply.send(content.stream);
}

async function answerDownload(
  request: FastifyRequest<{ Params: Static<typeof IdParams> }>,
  reply: FastifyReply,
  dependencies: FilesDependencies,
): Promise<FastifyReply> {
  const row = await ownedFile(dependencies.db, request.userId, request.params.id);
  const file = toFile(row);
  const verdict = judgeConditions(request, contentEtag(file.sha256), file.size);
  if (verdict.answer === 'precondition-failed') throw new ProblemError('precondition-failed');
  if (verdict.answer === 'range-not-satisfiable') {
    const headers = { 'content-range': `bytes */${file.size}` };
    const detail = `\`Range\` begins after the end of the file, which has ${file.size} bytes.`;
    throw new ProblemError('range-not-satisfiable', { detail, headers });
  }
  const headers = contentHeaders(file);
  if (verdict.answer === 'not-modified') return reply.code(304).headers(headers).send();
  const range = verdict.answer === 'range' ? verdict.range : undefined;
  const blob = { blobKey: row.blobKey, size: file.size, range, headers };
  return hasCarrier(request, range, dependencies)
    ? sendByNginx(request, reply, blob, dependencies)
    : stream(request, reply, blob, dependencies);
}

export function downloadFile(app: App, dependencies: FilesDependencies): void {
  const url = '/api/files/:id/content';
  // Fastify's own HEAD route would send the length of an empty response.
  app.get(url, { schema, exposeHeadRoute: false }, async (request, reply) => {
    await answerDownload(request, reply as unknown as FastifyReply, dependencies);
    return reply;
  });
  const { operationId } = schema;
  const hidden = { schema: { operationId, params: IdParams, hide: true } };
  app.head(url, hidden, (request, reply) => answerDownload(request, reply, dependencies));
}
