import type { OperationName } from '@comprimemelo/contracts/states';
import type { TaskOptions } from '@comprimemelo/contracts/task';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { planOptions, takenOptions } from './plan-options.js';
import { planWork, type RequestedTask, type TaskPlan, writes } from './plan-task.js';

/** What a task was to do before it is changed. */
export interface FormerWork {
  operation: OperationName;
  format: string | null;
  options: TaskOptions;
  hasPassword: boolean;
  /** Where it is still known: until the task has ended. */
  password: string | undefined;
}

/** The former operation and format, as far as they go with what is asked for instead. */
function mergedWork(former: FormerWork, { operation, format }: RequestedTask) {
  // Who asks for a format wants an archive written, whatever was done before.
  const kept = format && !writes(former.operation) ? undefined : former.operation;
  const next = operation || kept;
  const keepsFormat = next === undefined || writes(next);
  return { operation: next, format: format || (keepsFormat && former.format) || undefined };
}

/** A protection is never lost in silence: a former password is to be given again, or taken away. */
function refuseLostPassword({ hasPassword, password }: FormerWork, requested: object): void {
  if (!hasPassword || password !== undefined || 'password' in requested) return;
  throw new ProblemError('password-required', {
    detail: 'The task had a password. Send it again as `password`, or null to go without.',
    errors: [{ pointer: '/options/password', detail: '`password` is missing.' }],
  });
}

/**
 * What a task is to do when parts of what it did are asked to be otherwise, in the manner of a merge patch:
 * options that are null are taken away, those left out stay where they go with the rest. Throws as planTask
 * does, and `password-required`.
 */
export function planChange(former: FormerWork, change: RequestedTask, names: string[]): TaskPlan {
  const requested = change.options ?? {};
  const work = planWork(mergedWork(former, change), names);
  refuseLostPassword(former, requested);
  const taken = takenOptions(work);
  const fitting = Object.entries(former.options).filter(([name]) => taken.includes(name));
  const merged: Record<string, unknown> = {
    ...Object.fromEntries(fitting),
    ...(former.password === undefined ? {} : { password: former.password }),
    ...requested,
  };
  const left = Object.entries(merged).filter(([, value]) => value !== null);
  const options = Object.fromEntries(left);
  // Without a password there is nothing to hide the former names with.
  if (options.password === undefined && !('encryptNames' in requested)) delete options.encryptNames;
  return { ...work, ...planOptions(options, work) };
}
