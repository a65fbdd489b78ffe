import { unknownFields } from '@comprimemelo/service/input/unknown-fields';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { parseOptions } from './given-options.js';
import { optionsOfForm } from './options-schema.js';
import type { RequestedTask } from './plan-task.js';
import { readTaskFields, type TaskFields } from './task-fields.js';

/** What the fields of a form ask for; one that is empty counts as left out. Throws `invalid-request`. */
export function readTaskForm(fields: Record<string, string>): RequestedTask {
  const given: TaskFields = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== ''),
  );
  if (fields.options) {
    const options = parseOptions(fields.options);
    const errors = unknownFields({ options }, 'body', { body: optionsOfForm });
    if (errors.length > 0) throw new ProblemError('invalid-request', { errors });
    given.options = options;
  }
  return readTaskFields(given);
}
