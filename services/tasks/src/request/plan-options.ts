import { fitFileName } from '@comprimemelo/contracts/file-name';
import { canEncrypt, formats, type WrittenFormat } from '@comprimemelo/contracts/formats';
import { limits } from '@comprimemelo/contracts/limits';
import type { OperationName } from '@comprimemelo/contracts/states';
import { TaskOptions } from '@comprimemelo/contracts/task';
import { explainFault } from '@comprimemelo/service/input/explain-fault';
import { fieldName, shownValue } from '@comprimemelo/service/input/field-words';
import { ProblemError } from '@comprimemelo/service/problem/problem-error';
import { Value } from 'typebox/value';
import { readNameEncoding } from './encoding-option.js';
import type { GivenOptions } from './given-options.js';
import { readPassword } from './password.js';

export interface PlannedOptions {
  /** As the API shows them. */
  options: TaskOptions;
  password: string | undefined;
}

const invalid = (pointer: string, detail: string) =>
  new ProblemError('invalid-request', { errors: [{ pointer, detail }] });

/** What each operation takes beside the options of the format that it writes. */
export const readingOptions: Record<OperationName, readonly string[]> = {
  compress: ['paths'],
  decompress: ['entries', 'password', 'nameEncoding'],
  convert: ['entries', 'password', 'nameEncoding'],
  inspect: ['password', 'nameEncoding'],
};

/** An operation, and the format that it writes, where it writes one. */
export interface Work {
  operation: OperationName;
  format: WrittenFormat | null;
}

/** The options that go with it. Where there is one file and no folder, `paths` has nothing to choose. */
export const takenOptions = ({ operation, format }: Work): string[] => {
  const ofFormat = format === null ? [] : formats[format].options;
  const all = new Set<string>([...ofFormat, ...readingOptions[operation]]);
  if (format !== null && formats[format].singleFile) all.delete('paths');
  return [...all];
};

function refuseUnknown(given: GivenOptions, taken: string[]): void {
  for (const [name, value] of Object.entries(given)) {
    if (taken.includes(name) || value === undefined) continue;
    const detail = `\`${fieldName([name])}\` does not go with this operation and format.`;
    throw new ProblemError('unsupported-option', {
      errors: [{ pointer: `/options/${name}`, detail }],
      supported: taken,
    });
  }
}

function refuseUnusableName(name: string | undefined): void {
  if (name === undefined) return;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a name must not hold
  if (!/[/\u0000-\u001f\u007f]/.test(name) && name !== '.' && name !== '..') return;
  throw new ProblemError('unusable-name', {
    errors: [
      {
        pointer: '/options/name',
        detail: `\`name\` cannot be a file name; got ${shownValue(name)}.`,
      },
    ],
  });
}

function refuseBareNames({ encryptNames }: TaskOptions, password: string | undefined): void {
  if (encryptNames !== true || password !== undefined) return;
  throw new ProblemError('unsupported-option', {
    errors: [{ pointer: '/options/encryptNames', detail: '`encryptNames` needs a `password`.' }],
  });
}

function refuseForeignLetters({ format }: Work, password: string | undefined): void {
  if (format === null || password === undefined || canEncrypt(format, password)) return;
  const detail = '`password` must be ASCII for a zip: 7z takes any characters.';
  throw new ProblemError('unsupported-option', {
    errors: [{ pointer: '/options/password', detail }],
  });
}

/** Checks options; throws `unsupported-option`, `unsupported-encoding`, `unusable-name` or `invalid-request`. */
export function planOptions(given: GivenOptions, work: Work): PlannedOptions {
  refuseUnknown(given, takenOptions(work));
  const { password: word, ...options } = given;
  const password = readPassword(word);
  if (!Value.Check(TaskOptions, options)) {
    const input = { schema: TaskOptions, value: options };
    const errors = Value.Errors(TaskOptions, options)
      .slice(0, 1)
      .map((fault) => explainFault(fault, input))
      .map(({ pointer, detail }) => ({ pointer: `/options${pointer}`, detail }));
    throw new ProblemError('invalid-request', { errors });
  }
  if (Buffer.byteLength(JSON.stringify(options)) > limits.optionsBytes) {
    throw invalid('/options', `\`options\` must be at most ${limits.optionsBytes} bytes as JSON.`);
  }
  refuseUnusableName(options.name);
  refuseBareNames(options, password);
  refuseForeignLetters(work, password);
  const { name, nameEncoding } = options;
  const planned = {
    ...options,
    // As the name of an upload: cut where it is too long.
    ...(name === undefined ? {} : { name: fitFileName(name) }),
    ...(nameEncoding === undefined ? {} : { nameEncoding: readNameEncoding(nameEncoding) }),
  };
  return { options: planned, password };
}
