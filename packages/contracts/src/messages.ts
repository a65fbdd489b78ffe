import Type, { type Static } from 'typebox';
import { blobKeyPattern } from './blob-keys.js';
import { Id, Nullable } from './identifier.js';
import { TaskProblem } from './problem.js';
import { operations, taskStatuses } from './states.js';
import { TaskOptions } from './task.js';

const BlobKey = Type.String({ pattern: blobKeyPattern });
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** A job for the compressor, in `conversions.small` or `conversions.large`. */
export const ConversionJob = Type.Object({
  taskId: Id,
  attempt: Type.Integer({ minimum: 1 }),
  operation: Type.Enum(operations),
  /** Null where the operation writes no archive. */
  format: Nullable(Type.String()),
  options: TaskOptions,
  /** The result's file name where the operation writes an archive. */
  resultName: Nullable(Type.String()),
  inputs: Type.Array(
    Type.Object({ blobKey: BlobKey, name: Type.String(), size: Type.Integer({ minimum: 0 }) }),
    { minItems: 1 },
  ),
});
export type ConversionJob = Static<typeof ConversionJob>;

const ofAttempt = { taskId: Id, attempt: Type.Integer({ minimum: 1 }) };

/** A worker has taken the job; said again for each delivery. */
export const TaskStarted = Type.Object({ ...ofAttempt, type: Type.Literal('task.started') });

/** Whole percent, at most once a second. */
export const TaskProgress = Type.Object({
  ...ofAttempt,
  type: Type.Literal('task.progress'),
  progress: Type.Integer({ minimum: 0, maximum: 100 }),
});

export const TaskCompleted = Type.Object({
  ...ofAttempt,
  type: Type.Literal('task.completed'),
  results: Type.Array(
    Type.Object({
      id: Id,
      blobKey: BlobKey,
      name: Type.String(),
      path: Type.String(),
      size: Type.Integer({ minimum: 0 }),
      sha256: Sha256,
      mediaType: Type.String(),
    }),
  ),
});
export type TaskCompleted = Static<typeof TaskCompleted>;
export type PublishedResult = TaskCompleted['results'][number];

export const TaskFailed = Type.Object({
  ...ofAttempt,
  type: Type.Literal('task.failed'),
  error: TaskProblem,
});
export type TaskFailed = Static<typeof TaskFailed>;

/** What the compressor tells of a job, on the exchange `task-events`; `type` is the routing key. */
export const TaskEvent = Type.Union([TaskStarted, TaskProgress, TaskCompleted, TaskFailed]);
export type TaskEvent = Static<typeof TaskEvent>;

/** A task's row has changed: for whoever watches it, on the exchange `task-changes`; not kept. */
export const TaskChanged = Type.Object({
  taskId: Id,
  ownerId: Id,
  status: Type.Enum(taskStatuses),
  progress: Type.Integer({ minimum: 0, maximum: 100 }),
});
export type TaskChanged = Static<typeof TaskChanged>;

const Recipient = Type.Object({ name: Type.String(), email: Type.String() });

/** A person signed up: the welcome e-mail. */
export const AccountCreated = Type.Object({
  type: Type.Literal('account.created'),
  accountId: Id,
  recipient: Recipient,
});
export type AccountCreated = Static<typeof AccountCreated>;

/** An account is gone: tasks removes what it owned. */
export const AccountDeleted = Type.Object({ type: Type.Literal('account.deleted'), accountId: Id });
export type AccountDeleted = Static<typeof AccountDeleted>;

/** A file that belonged to a task is gone: tasks forgets it. */
export const FileDeleted = Type.Object({
  type: Type.Literal('file.deleted'),
  fileId: Id,
  taskId: Id,
});
export type FileDeleted = Static<typeof FileDeleted>;

/** What tasks has to remove because something else was removed. */
export const Removal = Type.Union([AccountDeleted, FileDeleted]);
export type Removal = Static<typeof Removal>;

/** A task has ended: the e-mail about it. */
export const TaskEnded = Type.Object({
  type: Type.Union([Type.Literal('task.processed'), Type.Literal('task.failed')]),
  taskId: Id,
  attempt: Type.Integer({ minimum: 1 }),
  recipient: Recipient,
  operation: Type.Enum(operations),
  files: Type.Array(Type.String(), { description: 'The names of the inputs' }),
  resultCount: Type.Integer({ minimum: 0 }),
  error: Nullable(TaskProblem),
});
export type TaskEnded = Static<typeof TaskEnded>;

/** What the notifier turns into e-mails. */
export const Notification = Type.Union([AccountCreated, TaskEnded]);
export type Notification = Static<typeof Notification>;
