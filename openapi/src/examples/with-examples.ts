import {
  type Content,
  changeOperations,
  type MediaType,
  type OpenApiDocument,
  type Operation,
  problemMediaType,
} from '../model/document.js';
import { bodyExamples } from './body-examples.js';
import { exampleOf } from './example-of.js';

const mapContent = (content: Content, change: (media: MediaType, type: string) => MediaType) =>
  Object.fromEntries(Object.entries(content).map(([type, media]) => [type, change(media, type)]));

/** Problems have the same examples everywhere: they stand once, and are referred to. */
function shareProblems(content: Content, shared: Map<string, unknown>): Content {
  return mapContent(content, (media, type) => {
    if (type !== problemMediaType) return media;
    const examples = Object.entries(media.examples ?? {}).map(([slug, example]) => {
      shared.set(slug, example);
      return [slug, { $ref: `#/components/examples/${slug}` }];
    });
    return { ...media, examples: Object.fromEntries(examples) };
  });
}

function exampleBodies(operation: Operation, document: OpenApiDocument): Operation {
  const { request, form, response } = bodyExamples[operation.operationId ?? ''] ?? {};
  const complete = (media: MediaType, example: unknown): MediaType =>
    media.example !== undefined || media.examples !== undefined
      ? media
      : { ...media, example: example ?? exampleOf(media.schema, document) };
  const responses = Object.entries(operation.responses).map(([status, answer]) => {
    if (answer.content === undefined) return [status, answer];
    const example = status < '300' ? response : undefined;
    return [
      status,
      { ...answer, content: mapContent(answer.content, (media) => complete(media, example)) },
    ];
  });
  const { requestBody } = operation;
  const body = requestBody && {
    ...requestBody,
    content: mapContent(requestBody.content, (media, type) =>
      complete(media, type === 'multipart/form-data' ? (form ?? request) : request),
    ),
  };
  return {
    ...operation,
    ...(body && { requestBody: body }),
    responses: Object.fromEntries(responses),
  };
}

/** The document with an example of every body that has none, put together from its schema. */
export function withExamples(document: OpenApiDocument): OpenApiDocument {
  const shared = new Map<string, unknown>();
  const { paths } = changeOperations(document, (operation) => {
    const done = exampleBodies(operation, document);
    const responses = Object.entries(done.responses).map(([status, { content, ...answer }]) => [
      status,
      content === undefined ? answer : { ...answer, content: shareProblems(content, shared) },
    ]);
    return { ...done, responses: Object.fromEntries(responses) };
  });
  const examples = Object.fromEntries([...shared].sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...document, paths, components: { ...document.components, examples } };
}
