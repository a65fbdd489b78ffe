import {
  formatOfName,
  formats,
  parseFormat,
  type WrittenFormat,
  writtenFormats,
} from '@comprimemelo/contracts/formats';
import { limits } from '@comprimemelo/contracts/limits';
import { type OperationName, operations } from '@comprimemelo/contracts/states';
import { TaskOptions } from '@comprimemelo/contracts/task';
import { ProblemError } from '@comprimemelo/service/problem-error';
import { Value } from 'typebox/value';

/** What a client asks for, as form fields or JSON give it. */
export interface AskedTask {
  format?: string | undefined;
  operation?: string | undefined;
  options?: unknown;
}

/** What a task is to do, checked. */
export interface TaskPlan {
  operation: OperationName;
  /** Null where the operation writes no archive. */
  format: WrittenFormat | null;
  options: TaskOptions;
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
  throw new ProblemError('unsupported-format', {
    detail: `${JSON.stringify(word.slice(0, 40))} cannot be written.`,
    errors: [{ pointer: '/format', detail: 'is not a format that can be written' }],
    supported: [...writtenFormats],
  });
}

/** Left out: convert where every input is an archive by its name and a format is given, else compress. */
function readOperation(
  word: string | undefined,
  names: string[],
  format: WrittenFormat | undefined,
): OperationName {
  if (word === undefined || word === '') {
    const archives = names.every((name) => formatOfName(name) !== undefined);
    return archives && format !== undefined ? 'convert' : 'compress';
  }
  const operation = operations.find((one) => one === word);
  if (operation === undefined) throw invalid('/operation', 'is not an operation', operations);
  return operation;
}

function readOptions(options: unknown, format: WrittenFormat | undefined): TaskOptions {
  const given = options ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw invalid('/options', 'must be an object');
  }
  const known: readonly string[] = format === undefined ? [] : formats[format].options;
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    throw new ProblemError('unsupported-option', {
      errors: [{ pointer: `/options/${name}`, detail: 'does not go with this format' }],
      supported: [...known],
    });
  }
  if (!Value.Check(TaskOptions, given)) {
    const [fault] = Value.Errors(TaskOptions, given);
    throw invalid(`/options${fault?.instancePath ?? ''}`, fault?.message ?? 'is not valid');
  }
  refuseUnusableName(given.name);
  return given;
}

function refuseUnusableName(name: string | undefined): void {
  if (name === undefined) return;
  const tooLong = Buffer.byteLength(name) > limits.nameBytes;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a name must not hold
  if (!tooLong && !/[/\u0000-\u001f\u007f]/.test(name) && name !== '.' && name !== '..') return;
  throw new ProblemError('unusable-name', {
    errors: [{ pointer: '/options/name', detail: 'cannot be a file name' }],
  });
}

/**
 * Checks what a client asks to be done with inputs of these names. Throws `unsupported-format` with what
 * can be written, `single-file-format`, `unsupported-option` or `invalid-request`.
 */
export function planTask(asked: AskedTask, names: string[]): TaskPlan {
  const format = readFormat(asked.format);
  const operation = readOperation(asked.operation, names, format);
  const writes = operation === 'compress' || operation === 'convert';
  if (writes && format === undefined) throw invalid('/format', 'is missing', writtenFormats);
  if (!writes && format !== undefined) throw invalid('/format', `does not go with ${operation}`);
  if (operation === 'compress' && format !== undefined && names.length > 1) {
    if (formats[format].singleFile) {
      const several = writtenFormats.filter((name) => !formats[name].singleFile);
      throw new ProblemError('single-file-format', { supported: several });
    }
  }
  return { operation, format: format ?? null, options: readOptions(asked.options, format) };
}
