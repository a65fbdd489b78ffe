import { fieldName } from '@comprimemelo/service/input/field-words';
import { pointerOf } from '@comprimemelo/service/input/schema';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';

/** `invalid-request` about one field of a form: "`name` must be text." */
export const invalidField = (name: string, saying: string): ProblemError =>
  new ProblemError('invalid-request', {
    errors: [{ pointer: pointerOf([name]), detail: `\`${fieldName([name])}\` ${saying}.` }],
  });
