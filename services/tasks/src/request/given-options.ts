import { hasFields } from '@comprimemelo/service/input/schema';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

/** Options as a client gave them, not yet checked. */
export type GivenOptions = Readonly<Record<string, unknown>>;

function checked(given: unknown, what: string): GivenOptions {
  if (hasFields(given)) return given;
  const errors = [{ pointer: '/options', detail: `\`options\` must be ${what}.` }];
  throw new ProblemError('invalid-request', { errors });
}

/** The options of a request: an object, empty where there are none. Throws `invalid-request`. */
export const readOptions = (given: unknown): GivenOptions => checked(given ?? {}, 'an object');

/** Undefined where the text is no JSON. */
function jsonOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The options of a form's field. Throws `invalid-request`. */
export const parseOptions = (json: string): GivenOptions => checked(jsonOf(json), 'a JSON object');
