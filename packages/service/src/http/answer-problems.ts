import type { ProblemSlug } from '@comprimemelo/contracts/problems';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { wrongMediaType } from '../input/media-types.js';
import { parserTexts } from '../input/parser-texts.js';
import { ProblemError } from '../problem/problem-error.js';
import { discardRequestBody } from './discard-request-body.js';
import { knownMethods } from './known-methods.js';

/** Maps error codes of Fastify to problems. Other codes are mapped by their status. */
const byCode: Record<string, ProblemSlug> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'upload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_REQ_FILE_TOO_LARGE: 'upload-too-large',
  FST_FILES_LIMIT: 'too-many-files',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported-media-type',
  FST_MULTIPART_PREMATURE_CLOSE: 'upload-truncated',
  FST_ERR_MAX_PARAM_LENGTH: 'invalid-request',
};

const byStatus: Record<number, ProblemSlug> = {
  400: 'invalid-request',
  404: 'not-found',
  408: 'request-timeout',
  413: 'upload-too-large',
  415: 'unsupported-media-type',
  503: 'unavailable',
};

/** Converts any error to one that is safe to show. Unknown errors become `internal-error` without a detail. */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const known = error as Partial<FastifyError>;
  const status = known.statusCode ?? 500;
  const slug = byCode[known.code ?? ''] ?? byStatus[status];
  if (slug === undefined) return new ProblemError('internal-error', { cause: error });
  const detail = parserTexts[known.code ?? ''];
  return new ProblemError(slug, { ...(detail && { detail }), cause: error });
}

/** Responds with a problem and discards the rest of the request body. */
export function sendProblem(problem: ProblemError, request: FastifyRequest, reply: FastifyReply) {
  const { headers = {} } = problem.options;
  // Fastify's body parsers set `Connection: close`, and nginx would hit a closed socket while it is still sending.
  reply.removeHeader('connection');
  if (headers.connection !== 'close') discardRequestBody(request);
  return reply
    .code(problem.statusCode)
    .headers({ 'x-request-id': request.id, ...headers })
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problem.toProblem(request));
}

export interface AnswerOptions {
  /** Identifies errors after which the same request may succeed later. They become `unavailable`. */
  unavailable?: ((error: unknown) => boolean) | undefined;
}

/** Errors that an operator should look at. Rejections under load are not: there may be thousands. */
const isFault = ({ statusCode, code, cause }: ProblemError) =>
  statusCode >= 500 && !(code === 'unavailable' && cause === undefined);

/** What the log keeps of a refusal: of fields only which they are, for the sentences hold what was sent. */
const logged = ({ code, message, options: { errors } }: ProblemError) => ({
  problem: code,
  ...(errors === undefined ? { detail: message } : { fields: errors.map((one) => one.pointer) }),
});

/** As toProblemError; knows in addition which media types the operation reads. */
function problemOf(error: unknown, request: FastifyRequest): ProblemError {
  const problem = toProblemError(error);
  if (problem.code !== 'unsupported-media-type' || error instanceof ProblemError) return problem;
  return new ProblemError(problem.code, { detail: wrongMediaType(request), cause: error });
}

/** Responds to every error and every unknown address with RFC 9457 problem details. */
export function answerProblems(app: FastifyInstance, { unavailable }: AnswerOptions = {}): void {
  const methodsOf = knownMethods(app);

  app.setErrorHandler((error, request, reply) => {
    const problem =
      !(error instanceof ProblemError) && unavailable?.(error)
        ? new ProblemError('unavailable', { headers: { 'retry-after': '2' }, cause: error })
        : problemOf(error, request);
    if (isFault(problem)) request.log.error({ err: error }, 'request failed');
    else request.log.info(logged(problem), 'request refused');
    return sendProblem(problem, request, reply);
  });
  app.setNotFoundHandler((request, reply) => {
    const allow = methodsOf(request.url).join(', ');
    const problem =
      allow === ''
        ? new ProblemError('not-found')
        : new ProblemError('method-not-allowed', { headers: { allow } });
    return sendProblem(problem, request, reply);
  });
}
