import {
  formatOfName,
  formats,
  parseFormat,
  type WrittenFormat,
  writtenFormats,
} from '@comprimemelo/contracts/formats';
import { type OperationName, operations } from '@comprimemelo/contracts/states';
import type { TaskOptions } from '@comprimemelo/contracts/task';
import { archiveNames, volumeSetsOf } from '@comprimemelo/contracts/volumes/volume-sets';
import { shownValue } from '@comprimemelo/service/input/field-words';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import type { GivenOptions } from './given-options.js';
import { planOptions } from './plan-options.js';

/** What a client asks for, as form fields or JSON give it. */
export interface RequestedTask {
  format?: string | undefined;
  operation?: string | undefined;
  options?: GivenOptions | undefined;
}

/** What a task is to do, checked. */
export interface TaskPlan {
  operation: OperationName;
  /** Null where the operation writes no archive. */
  format: WrittenFormat | null;
  options: TaskOptions;
  /** Never stored or sent as it is. */
  password: string | undefined;
}

const invalid = (pointer: string, detail: string, supported?: readonly string[]) =>
  new ProblemError('invalid-request', {
    errors: [{ pointer, detail }],
    ...(supported === undefined ? {} : { supported: [...supported] }),
  });

function readFormat(word: string | undefined): WrittenFormat | undefined {
  if (word === undefined || word === '') return undefined;
  const format = parseFormat(word);
  if (format !== undefined) return format;
  const choice = `one of ${writtenFormats.join(', ')}`;
  throw new ProblemError('unsupported-format', {
    errors: [
      { pointer: '/format', detail: `\`format\` must be ${choice}; got ${shownValue(word)}.` },
    ],
    supported: [...writtenFormats],
  });
}

/**
 * Left out: where every input is an archive by its name, or a part of a split one, convert if a format is given, and
 * decompress if none is and there are parts; else compress.
 */
function readOperation(
  word: string | undefined,
  names: string[],
  format: WrittenFormat | undefined,
): OperationName {
  if (word === undefined || word === '') {
    const archives = archiveNames(names).every((name) => formatOfName(name) !== undefined);
    if (archives && format !== undefined) return 'convert';
    return archives && volumeSetsOf(names).length > 0 ? 'decompress' : 'compress';
  }
  const operation = operations.find((one) => one === word);
  if (operation === undefined) {
    const choice = `one of ${operations.join(', ')}`;
    throw invalid(
      '/operation',
      `\`operation\` must be ${choice}; got ${shownValue(word)}.`,
      operations,
    );
  }
  return operation;
}

export const writes = (operation: string): boolean =>
  operation === 'compress' || operation === 'convert';

/** The operation and the format that are asked for. Throws as planTask does. */
export function planWork(
  requested: Omit<RequestedTask, 'options'>,
  names: string[],
): Pick<TaskPlan, 'operation' | 'format'> {
  const format = readFormat(requested.format);
  const operation = readOperation(requested.operation, names, format);
  if (format === undefined) {
    if (writes(operation)) {
      const detail = `\`format\` is missing: one of ${writtenFormats.join(', ')}.`;
      throw invalid('/format', detail, writtenFormats);
    }
    return { operation, format: null };
  }
  if (!writes(operation)) throw invalid('/format', `\`format\` does not go with ${operation}.`);
  if (operation === 'compress' && names.length > 1 && formats[format].singleFile) {
    const several = writtenFormats.filter((name) => !formats[name].singleFile);
    throw new ProblemError('single-file-format', { supported: several });
  }
  return { operation, format };
}

/**
 * Checks what a client asks to be done with inputs of these names. Throws `unsupported-format` with what
 * can be written, `single-file-format`, `unsupported-option`, `unsupported-encoding`, `unusable-name` or
 * `invalid-request`.
 */
export function planTask({ options = {}, ...requested }: RequestedTask, names: string[]): TaskPlan {
  const work = planWork(requested, names);
  return { ...work, ...planOptions(options, work) };
}
