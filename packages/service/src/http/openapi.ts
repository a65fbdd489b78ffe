import type { ProblemSlug } from '@comprimemelo/contracts/problems';
import { problems, problemType } from '@comprimemelo/contracts/problems';
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import Type, { type Static, type TSchema } from 'typebox';

/** How the OpenAPI 3.1 document of a service is generated from its route schemas. */
export const documentOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Comprimemelo', version: '1.0.0' },
    components: {
      securitySchemes: { accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  },
  refResolver: {
    buildLocalReference: (json, _baseUri, _fragment, index) =>
      typeof json.$id === 'string' ? json.$id : `schema-${index}`,
  },
};

/** A `$ref` to a schema that is registered with the app, typed as that schema. */
export function ref<T extends TSchema>(schema: T): Type.TUnsafe<Static<T>> {
  return Type.Unsafe<Static<T>>({ $ref: `${(schema as { $id?: string }).$id}#` });
}

/** The headers that a route can declare for a response. The document describes each once. */
export type ResponseHeader =
  | 'Location'
  | 'Retry-After'
  | 'ETag'
  | 'Link'
  | 'Content-Disposition'
  | 'Content-Range'
  | 'Repr-Digest';

/** Declares the headers of a response in its schema. Headers that every response has are not listed. */
export const sends = (...names: ResponseHeader[]) => ({
  headers: Object.fromEntries(names.map((name) => [name, {}])),
});

/** The `security` of routes that require an access token. */
export const secured = [{ accessToken: [] }];

/** An example of a problem with the members that every problem has. */
const exampleOf = (slug: ProblemSlug) => ({
  summary: problems[slug].title,
  value: { type: problemType(slug), ...problems[slug], requestId: '7d1f1c1e9a8b4e6f' },
});

/** The response body for problems, with one example each. */
export const problemContent = (slugs: readonly ProblemSlug[]) => ({
  'application/problem+json': {
    schema: { $ref: 'Problem#' },
    examples: Object.fromEntries(slugs.map((slug) => [slug, exampleOf(slug)])),
  },
});

/** The slug and the title of each problem. */
export const problemLines = (slugs: readonly ProblemSlug[]): string =>
  slugs.map((slug) => `\`${slug}\`: ${problems[slug].title}.`).join(' ');

/** Response schemas by status for the problems that a route can return. */
export function problemResponses(...slugs: ProblemSlug[]): Record<number, TSchema> {
  const statuses = [...new Set(slugs.map((slug) => problems[slug].status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const here = slugs.filter((slug) => problems[slug].status === status);
      const answer = { description: problemLines(here), content: problemContent(here) };
      return [status, answer as unknown as TSchema];
    }),
  );
}
