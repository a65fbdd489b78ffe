import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../problem/problem-error.js';
import { duplicateName } from './duplicate-name.js';
import { subjectOf } from './field-words.js';
import { pointerOf } from './schema.js';

/** Throws `invalid-request` where a field stands twice: the parser would keep the last of them. */
function refuseDuplicates(json: string): void {
  const steps = duplicateName(json);
  if (steps === undefined) return;
  const errors = [
    { pointer: pointerOf(steps), detail: `${subjectOf(steps)} may be sent only once.` },
  ];
  throw new ProblemError('invalid-request', { errors });
}

/**
 * Reads JSON bodies. An empty one is taken as none: many clients send the type with every request, and whether a
 * body is missing, its operation says.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, json, done) => {
      if (json.length === 0) return done(null, undefined);
      parse(request, json, (fault, body) => {
        if (fault) return done(fault, undefined);
        try {
          refuseDuplicates(json);
          done(null, body);
        } catch (error) {
          done(error as Error, undefined);
        }
      });
    },
  );
}
