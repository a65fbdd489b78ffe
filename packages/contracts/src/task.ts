import Type, { type Static } from 'typebox';
import { ReportLine } from './archive.js';
import { Id, Nullable, Sha256, Time } from './identifier.js';
import { limits } from './limits.js';
import { TaskProblem } from './problem.js';
import { levels, operations, taskStatuses } from './states.js';

/** An input of a task. `extension` has no leading dot and is empty where the name has none. */
export const TaskFile = Type.Object({
  id: Id,
  name: Type.String({ examples: ['report.pdf'] }),
  extension: Type.String({ examples: ['pdf'] }),
  size: Type.Integer({ minimum: 0, description: 'Bytes', examples: [148_263] }),
});
export type TaskFile = Static<typeof TaskFile>;

export const TaskResult = Type.Object({
  id: Id,
  name: Type.String({ examples: ['report.zip'] }),
  path: Type.String({
    description: "The entry's path inside its archive",
    examples: ['report.zip'],
  }),
  size: Type.Integer({ minimum: 0, description: 'Bytes', examples: [97_412] }),
  sha256: Sha256,
});
export type TaskResult = Static<typeof TaskResult>;

export const TaskOptions = Type.Object({
  level: Type.Optional(Type.Enum(levels, { description: 'Speed or size', examples: ['best'] })),
  name: Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, description: 'The name of the result' }),
  ),
  encryptNames: Type.Optional(
    Type.Boolean({ description: 'Hides the names as well; goes with a password (7z)' }),
  ),
  entries: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: limits.entryPathLength }), {
      minItems: 1,
      maxItems: limits.requestedEntries,
      description: 'decompress and convert: these paths alone; a directory stands for all below it',
    }),
  ),
});
export type TaskOptions = Static<typeof TaskOptions>;

export const Task = Type.Object(
  {
    id: Id,
    operation: Type.Enum(operations),
    status: Type.Enum(taskStatuses, {
      description: '`processed`, `failed` and `cancelled` are ends',
      examples: ['processed'],
    }),
    available: Type.Boolean({
      description: 'True when there is something to download',
      examples: [true],
    }),
    progress: Type.Integer({
      minimum: 0,
      maximum: 100,
      description: 'Whole percent',
      examples: [100],
    }),
    format: Nullable(Type.String({ examples: ['zip'] })),
    files: Type.Array(TaskFile),
    results: Type.Array(TaskResult, {
      description: 'The first results; all of them are in listFiles',
    }),
    resultCount: Type.Integer({ minimum: 0, examples: [1] }),
    options: TaskOptions,
    attempts: Type.Integer({
      minimum: 1,
      description: 'How often it was begun',
      examples: [1],
    }),
    report: Type.Array(ReportLine, {
      description: 'What the results do not have of their inputs',
      examples: [[]],
    }),
    error: Nullable(TaskProblem, { examples: [null] }),
    createdAt: Time,
    startedAt: Nullable(Time),
    finishedAt: Nullable(Time),
    expiresAt: Nullable(Time, { examples: [null] }),
  },
  { $id: 'Task', description: 'Work on files' },
);
export type Task = Static<typeof Task>;

/** How far a task is: what the streams of events tell of it. */
export const TaskState = Type.Pick(
  Task,
  ['id', 'status', 'available', 'progress', 'attempts', 'resultCount', 'error', 'finishedAt'],
  { $id: 'TaskState', description: 'How far a task is' },
);
export type TaskState = Static<typeof TaskState>;

/** The last that a stream tells of a task. */
export const TaskDeleted = Type.Object(
  { id: Id },
  { $id: 'TaskDeleted', description: 'The task is gone' },
);
export type TaskDeleted = Static<typeof TaskDeleted>;

/** A mark between the events of a stream of all tasks. */
export const StreamMark = Type.Object(
  { at: Time },
  { $id: 'StreamMark', description: 'What changed before that time needs no other event' },
);
export type StreamMark = Static<typeof StreamMark>;
