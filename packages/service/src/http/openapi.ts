import type { ProblemSlug } from '@comprimemelo/contracts/problems';
import { problems, problemType } from '@comprimemelo/contracts/problems';
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import Type, { type Static, type TSchema } from 'typebox';

/** How a service's part of the OpenAPI 3.1 document is made from its route schemas. */
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

/** A reference to a schema that the app has under its `$id`, typed as that schema. */
export function ref<T extends TSchema>(schema: T): Type.TUnsafe<Static<T>> {
  return Type.Unsafe<Static<T>>({ $ref: `${(schema as { $id?: string }).$id}#` });
}

/** What a route that wants an access token says of it in the document. */
export const secured = [{ accessToken: [] }];

/** What a problem looks like, for the document: the members that every one has. */
const exampleOf = (slug: ProblemSlug) => ({
  summary: problems[slug].title,
  value: { type: problemType(slug), ...problems[slug], requestId: '7d1f1c1e9a8b4e6f' },
});

/** The problems as a body in the document, each with an example. */
export const problemContent = (slugs: readonly ProblemSlug[]) => ({
  'application/problem+json': {
    schema: { $ref: 'Problem#' },
    examples: Object.fromEntries(slugs.map((slug) => [slug, exampleOf(slug)])),
  },
});

/** One line for each problem: what it is called and what it says. */
export const problemLines = (slugs: readonly ProblemSlug[]): string =>
  slugs.map((slug) => `\`${slug}\`: ${problems[slug].title}.`).join(' ');

/** Response schemas for the problems that a route answers with, by status. */
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
