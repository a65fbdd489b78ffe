import Type, { type Static } from 'typebox';
import { RawPath, ReportLine } from './archive.js';
import { Id, Nullable, Sha256, Time } from './identifier.js';
import { limits } from './limits.js';
import { TaskProblem } from './problem.js';
import { levels, operations, pathChoices, taskStatuses } from './states.js';

/**
 * An input of a task. `extension` has no leading dot and is empty where the name has none; `path` and `modified` are
 * there where the file came with folders and with a time of its own.
 */
export const TaskFile = Type.Object({
  id: Id,
  name: Type.String({ examples: ['report.pdf'] }),
  extension: Type.String({ examples: ['pdf'] }),
  size: Type.Integer({ minimum: 0, description: 'Bytes', examples: [148_263] }),
  path: Type.Optional(
    Type.String({
      description: 'Relative path of the file, if it has a folder',
      examples: ['2026/report.pdf'],
    }),
  ),
  modified: Type.Optional(Time),
});
export type TaskFile = Static<typeof TaskFile>;

export const TaskResult = Type.Object({
  id: Id,
  name: Type.String({ examples: ['report.zip'] }),
  path: Type.String({
    description: 'Path inside the archive that the file was extracted from',
    examples: ['report.zip'],
  }),
  rawPath: RawPath,
  size: Type.Integer({ minimum: 0, description: 'Bytes', examples: [97_412] }),
  sha256: Sha256,
});
export type TaskResult = Static<typeof TaskResult>;

export const TaskOptions = Type.Object({
  level: Type.Optional(
    Type.Enum(levels, {
      description:
        'Compression level: `fastest` takes the least time, `best` gives the smallest file',
      examples: ['best'],
    }),
  ),
  name: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: limits.givenNameLength,
      description: `File name of the result; cut at a character where it has more than ${limits.nameBytes} bytes of UTF-8`,
    }),
  ),
  encryptNames: Type.Optional(
    Type.Boolean({ description: 'Encrypt the entry names too; 7z only, with a password' }),
  ),
  paths: Type.Optional(
    Type.Enum(pathChoices, {
      description:
        'Compress: `keep` (default) stores each file under its `path`, `flatten` under its name alone',
      examples: ['keep'],
    }),
  ),
  entries: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: limits.entryPathLength }), {
      minItems: 1,
      maxItems: limits.requestedEntries,
      description:
        'Process only these paths (decompress and convert); a directory includes everything in it',
    }),
  ),
  nameEncoding: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: limits.encodingNameLength,
      description:
        'Encoding of the entry names that are not UTF-8 (decompress, convert and inspect): `auto` finds it by the ' +
        'names themselves; one of `nameEncodings` in listFormats, or another name of it, says it',
    }),
  ),
});
export type TaskOptions = Static<typeof TaskOptions>;

export const Task = Type.Object(
  {
    id: Id,
    operation: Type.Enum(operations),
    status: Type.Enum(taskStatuses, {
      description: '`processed`, `failed` and `cancelled` are final',
      examples: ['processed'],
    }),
    available: Type.Boolean({
      description: 'True if there are results to download',
      examples: [true],
    }),
    progress: Type.Integer({
      minimum: 0,
      maximum: 100,
      description: 'Percentage done',
      examples: [100],
    }),
    format: Nullable(Type.String({ examples: ['zip'] })),
    files: Type.Array(TaskFile),
    results: Type.Array(TaskResult, {
      description: `The first ${limits.shownResults} results; use listFiles to get all of them`,
    }),
    resultCount: Type.Integer({ minimum: 0, examples: [1] }),
    options: TaskOptions,
    attempts: Type.Integer({
      minimum: 1,
      description: 'Number of the current attempt',
      examples: [1],
    }),
    report: Type.Array(ReportLine, {
      description: 'What was lost or changed between the inputs and the results',
      examples: [[]],
    }),
    error: Nullable(TaskProblem, { examples: [null] }),
    createdAt: Time,
    startedAt: Nullable(Time),
    finishedAt: Nullable(Time),
    expiresAt: Nullable(Time, { examples: [null] }),
  },
  { $id: 'Task', description: 'A job that compresses, decompresses, converts or inspects files' },
);
export type Task = Static<typeof Task>;

/** How far a task is: what the streams of events tell of it. */
export const TaskState = Type.Pick(
  Task,
  ['id', 'status', 'available', 'progress', 'attempts', 'resultCount', 'error', 'finishedAt'],
  { $id: 'TaskState', description: 'The state and progress of a task' },
);
export type TaskState = Static<typeof TaskState>;

/** The last that a stream tells of a task. */
export const TaskDeleted = Type.Object(
  { id: Id },
  { $id: 'TaskDeleted', description: 'The task was deleted' },
);
export type TaskDeleted = Static<typeof TaskDeleted>;

/** A mark between the events of a stream of all tasks. */
export const StreamMark = Type.Object(
  { at: Time },
  { $id: 'StreamMark', description: 'Every change before this time has already been sent' },
);
export type StreamMark = Static<typeof StreamMark>;
