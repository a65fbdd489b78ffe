import { oneValue } from '@comprimemelo/service/input/one-value';
import { readOptions } from './given-options.js';
import type { RequestedTask } from './plan-task.js';

/** The fields of a request for work, as JSON gives them, or a form that has been read. */
export interface TaskFields {
  format?: string | undefined;
  /** `format` to the predecessor's clients. */
  newFormat?: string | undefined;
  operation?: string | undefined;
  options?: unknown;
  level?: unknown;
  name?: unknown;
  password?: unknown;
}

/**
 * What the fields ask for. `level`, `name` and `password` may stand alone or in `options`. Throws
 * `invalid-request` where a field is given twice and differs: a password must never be lost to another.
 */
export function readTaskFields(fields: TaskFields): RequestedTask {
  const { format, newFormat, operation, level, name, password } = fields;
  const options: Record<string, unknown> = { ...readOptions(fields.options) };
  for (const [field, alone] of Object.entries({ level, name, password })) {
    const value = oneValue({ [field]: alone, [`options.${field}`]: options[field] });
    if (value !== undefined) options[field] = value;
  }
  return { format: oneValue({ format, newFormat }), operation, options };
}
