import type { ProblemSlug } from '@comprimemelo/contracts/problems';
import { problemContent, problemLines } from '@comprimemelo/service/http/openapi';
import {
  type Content,
  type Operation,
  type Parameter,
  problemMediaType,
  type Response,
} from '../model/document.js';

/** What any operation may answer beside its own problems: the proxy does, or something fails. */
export const generalProblems = [
  'request-timeout',
  'upload-too-large',
  'uri-too-long',
  'unsupported-media-type',
  'headers-too-large',
  'too-many-attempts',
  'internal-error',
  'bad-gateway',
  'unavailable',
  'gateway-timeout',
  'insufficient-storage',
] as const satisfies ProblemSlug[];

/** `$ref` as in the parts: route schemas name the schema's `$id`. */
const answer = (slugs: readonly ProblemSlug[]): Response => ({
  description: problemLines(slugs),
  content: JSON.parse(
    JSON.stringify(problemContent(slugs)).replaceAll(
      '"Problem#"',
      '"#/components/schemas/Problem"',
    ),
  ) as Content,
});

/** One answer with problems more. */
const joined = (one: Response, other: Response): Response => ({
  description: `${one.description} ${other.description}`,
  content: {
    [problemMediaType]: {
      ...one.content?.[problemMediaType],
      examples: {
        ...one.content?.[problemMediaType]?.examples,
        ...other.content?.[problemMediaType]?.examples,
      },
    },
  },
});

/** The header by which whoever sends a body may have it verified. */
const contentDigest: Parameter = {
  name: 'content-digest',
  in: 'header',
  required: false,
  description:
    'SHA-256 or SHA-512 of the whole request body (RFC 9530). If present, it is verified',
  schema: { type: 'string', examples: ['sha-256=:LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564=:'] },
};

/** The operation with what goes for every body: it may be too large, of another type, or damaged on its way. */
function withBodyProblems(operation: Operation): Operation {
  if (operation.requestBody === undefined) return operation;
  const { 400: invalid = answer(['invalid-request']), ...responses } = operation.responses;
  return {
    ...operation,
    parameters: [...(operation.parameters ?? []), contentDigest],
    responses: {
      400: joined(invalid, answer(['digest-mismatch'])),
      413: answer(['upload-too-large']),
      415: answer(['unsupported-media-type']),
      ...responses,
    },
  };
}

/** The operation with all that it may answer. */
export function withGeneralProblems(operation: Operation): Operation {
  const { responses, ...what } = withBodyProblems(operation);
  return {
    ...what,
    responses: { 400: answer(['invalid-request']), ...responses, default: answer(generalProblems) },
  };
}
