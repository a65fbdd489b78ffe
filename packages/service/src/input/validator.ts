import buildAjv from '@fastify/ajv-compiler';
import { ProblemError } from '../problem/problem-error.js';
import { explainFault, type Fault } from './explain-fault.js';
import type { InputPart } from './field-words.js';
import type { Schema } from './schema.js';
import { takesOf } from './takes.js';
import { unknownFields } from './unknown-fields.js';

interface Route {
  schema: Schema;
  httpPart: InputPart;
  url: string;
}

type Validate = ((value: unknown) => unknown) & { errors?: Fault[] | null };

/** Fastify's own validator, which refuses what it does not know, and says what is wrong in sentences. */
function explaining(validate: Validate, { schema, httpPart: part, url }: Route) {
  const takes = takesOf(schema);
  return (value: unknown): true | { error: ProblemError } => {
    // First: a misspelt field is often also missing under its own name.
    const unknown =
      part === 'body' || part === 'querystring' ? unknownFields(value, part, takes) : [];
    if (unknown.length > 0) {
      return { error: new ProblemError('invalid-request', { errors: unknown }) };
    }
    if (validate(value)) return true;
    const input = { schema, value, part, url };
    const errors = (validate.errors ?? []).map((fault) => explainFault(fault, input));
    return { error: new ProblemError('invalid-request', { errors }) };
  };
}

type Build = (schemas: object, options: object) => (route: Route) => Validate;

/** Builds the validators of an app, for Fastify's `schemaController`. */
export function explainingValidators(): Build {
  const build = buildAjv() as unknown as Build;
  return (schemas, options) => {
    const compile = build(schemas, options);
    return (route) => explaining(compile(route), route);
  };
}
