import type { FastifyInstance } from 'fastify';

/**
 * Takes an empty JSON body as none: many clients send the type with every request, and whether a body is
 * missing, its operation says.
 */
export function takeEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, text, done) => {
      if (text.length === 0) done(null, undefined);
      else parse(request, text, done);
    },
  );
}
