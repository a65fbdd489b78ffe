import Type, { type Static } from 'typebox';
import { ReportLine } from './archive.js';
import { Id, Nullable, Time } from './identifier.js';
import { limits } from './limits.js';
import { TaskProblem } from './problem.js';
import { levels, operations, taskStatuses } from './states.js';

/** An input of a task. `extension` has no leading dot and is empty where the name has none. */
export const TaskFile = Type.Object({
  id: Id,
  name: Type.String(),
  extension: Type.String(),
  size: Type.Integer({ minimum: 0, description: 'Bytes' }),
});
export type TaskFile = Static<typeof TaskFile>;

export const TaskResult = Type.Object({
  id: Id,
  name: Type.String(),
  path: Type.String({ description: "The entry's path inside its archive" }),
  size: Type.Integer({ minimum: 0, description: 'Bytes' }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});
export type TaskResult = Static<typeof TaskResult>;

export const TaskOptions = Type.Object({
  level: Type.Optional(Type.Enum(levels)),
  name: Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, description: 'The name of the result' }),
  ),
  encryptNames: Type.Optional(
    Type.Boolean({ description: 'Hides the names as well; goes with a password (7z)' }),
  ),
  entries: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: limits.entryPathLength }), {
      minItems: 1,
      maxItems: limits.askedEntries,
      description: 'decompress and convert: these paths alone; a directory stands for all below it',
    }),
  ),
});
export type TaskOptions = Static<typeof TaskOptions>;

export const Task = Type.Object(
  {
    id: Id,
    operation: Type.Enum(operations),
    status: Type.Enum(taskStatuses),
    available: Type.Boolean({ description: 'True when there is something to download' }),
    progress: Type.Integer({ minimum: 0, maximum: 100, description: 'Whole percent' }),
    format: Nullable(Type.String()),
    files: Type.Array(TaskFile),
    results: Type.Array(TaskResult, {
      description: 'The first results; all of them are in listFiles',
    }),
    resultCount: Type.Integer({ minimum: 0 }),
    options: TaskOptions,
    attempts: Type.Integer({ minimum: 1 }),
    report: Type.Array(ReportLine, {
      description: 'What the results do not have of their inputs',
    }),
    error: Nullable(TaskProblem),
    createdAt: Time,
    startedAt: Nullable(Time),
    finishedAt: Nullable(Time),
    expiresAt: Nullable(Time),
  },
  { $id: 'Task' },
);
export type Task = Static<typeof Task>;
