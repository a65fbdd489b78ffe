import type { ProblemSlug } from '@comprimemelo/contracts/problems';
import { parserTexts } from '@comprimemelo/service/input/parser-texts';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { FastifyError } from 'fastify';

/** Maps the error codes of @fastify/multipart to problems. */
const byCode: Record<string, ProblemSlug> = {
  FST_FILES_LIMIT: 'too-many-files',
  FST_FIELDS_LIMIT: 'invalid-request',
  FST_PARTS_LIMIT: 'invalid-request',
  FST_PROTO_VIOLATION: 'invalid-request',
  FST_INVALID_JSON_FIELD_ERROR: 'invalid-request',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported-media-type',
  FST_MP_PREMATURE_CLOSE: 'upload-truncated',
  ECONNRESET: 'upload-truncated',
  ERR_STREAM_PREMATURE_CLOSE: 'upload-truncated',
};

/** The messages of the parser for a body that it cannot read completely. */
const parserWords =
  /unexpected end|terminated early|boundary not found|needle|multipart|malformed|unsupported content type/i;

/**
 * Converts an error from receiving a form to a problem. A body that stops after its first part has started is
 * truncated; one without any part is not a multipart body at all.
 */
export function multipartProblem(error: unknown, sawPart: boolean): unknown {
  if (error instanceof ProblemError || !(error instanceof Error)) return error;
  const slug = byCode[(error as Partial<FastifyError>).code ?? ''];
  if (slug !== undefined) {
    const detail = parserTexts[(error as Partial<FastifyError>).code ?? ''];
    return new ProblemError(slug, { ...(detail && { detail }), cause: error });
  }
  if (!parserWords.test(error.message)) return error;
  const truncated = sawPart && /unexpected end|terminated early/i.test(error.message);
  return new ProblemError(truncated ? 'upload-truncated' : 'malformed-multipart', { cause: error });
}
