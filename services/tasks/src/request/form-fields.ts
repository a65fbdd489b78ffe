import { ProblemError } from '@comprimemelo/service/http/problem-error';
import type { RequestedTask } from './plan-task.js';

function parseOptions(json: string): Record<string, unknown> {
  try {
    const options: unknown = JSON.parse(json);
    if (typeof options === 'object' && options !== null && !Array.isArray(options)) {
      return options as Record<string, unknown>;
    }
  } catch {
    // Told below.
  }
  const errors = [{ pointer: '/options', detail: 'must be a JSON object' }];
  throw new ProblemError('invalid-request', { errors });
}

/**
 * What the fields of a form ask for. `newFormat` is `format` to the predecessor's clients; `level`,
 * `name` and `password` may stand alone or in `options`. Fields of other names are not read.
 */
export function readTaskForm(fields: Record<string, string>): RequestedTask {
  const { format, newFormat, operation, options, level, name, password } = fields;
  const alone = Object.entries({ level, name, password }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  return {
    format: format || newFormat,
    operation,
    options: { ...(options ? parseOptions(options) : {}), ...Object.fromEntries(alone) },
  };
}
