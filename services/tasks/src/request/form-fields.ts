import { ProblemError } from '@comprimemelo/service/http/problem-error';
import { hasFields } from '@comprimemelo/service/input/schema';
import { unknownFields } from '@comprimemelo/service/input/unknown-fields';
import { optionsOfForm } from './options-schema.js';
import type { RequestedTask } from './plan-task.js';
import { readTaskFields, type TaskFields } from './task-fields.js';

function parseOptions(json: string): Record<string, unknown> {
  try {
    const options: unknown = JSON.parse(json);
    if (hasFields(options)) return options;
  } catch {
    // Told below.
  }
  const errors = [{ pointer: '/options', detail: '`options` must be a JSON object.' }];
  throw new ProblemError('invalid-request', { errors });
}

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
