import Type, { type Static } from 'typebox';
import { Language } from './account.js';
import { ArchiveSummary, ReportLine } from './archive.js';
import { blobKeyPattern } from './blob-keys.js';
import { Id, Nullable } from './identifier.js';
import { limits } from './limits.js';
import { TaskProblem } from './problem.js';
import { operations, taskStatuses } from './states.js';
import { TaskOptions } from './task.js';
import { webhookPayloads } from './webhook.js';

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
  /**
   * The archive's password, sealed with the key that tasks and the compressors share. It opens the inputs of
   * every operation but compress, and protects what compress and convert write where the format takes one.
   */
  sealedPassword: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]+$' })),
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

/** Whole percent, about once a second while the job runs: also the same again, as a sign of life. */
export const TaskProgress = Type.Object({
  ...ofAttempt,
  type: Type.Literal('task.progress'),
  progress: Type.Integer({ minimum: 0, maximum: 100 }),
});

/** A result that is stored; a line of a manifest. */
export const PublishedResult = Type.Object({
  id: Id,
  blobKey: BlobKey,
  name: Type.String(),
  path: Type.String(),
  size: Type.Integer({ minimum: 0 }),
  sha256: Sha256,
  mediaType: Type.String(),
});
export type PublishedResult = Static<typeof PublishedResult>;

export const TaskCompleted = Type.Object({
  ...ofAttempt,
  type: Type.Literal('task.completed'),
  /** Names this run: each has stored under keys of its own. */
  runId: Id,
  /** Empty where there is a manifest. */
  results: Type.Array(PublishedResult, { maxItems: limits.eventResults }),
  /** A blob of one PublishedResult a line (NDJSON), where an event would be too long. */
  manifest: Nullable(Type.Object({ blobKey: BlobKey, count: Type.Integer({ minimum: 1 }) })),
  report: Type.Array(ReportLine),
  /** The archives that were inspected: `blobKey` holds one ArchiveEntry a line (NDJSON). */
  inspections: Type.Array(
    Type.Object({
      input: Type.Integer({ minimum: 0, description: "The input's place among the job's" }),
      blobKey: BlobKey,
      summary: ArchiveSummary,
    }),
  ),
});
export type TaskCompleted = Static<typeof TaskCompleted>;
export type Inspection = TaskCompleted['inspections'][number];

export const TaskFailed = Type.Object({
  ...ofAttempt,
  type: Type.Literal('task.failed'),
  error: TaskProblem,
});
export type TaskFailed = Static<typeof TaskFailed>;

/** What the compressor tells of a job, on the exchange `task-events`; `type` is the routing key. */
export const TaskEvent = Type.Union([TaskStarted, TaskProgress, TaskCompleted, TaskFailed]);
export type TaskEvent = Static<typeof TaskEvent>;

/** Nobody wants this attempt any more: the worker that has it stops. Announced on the exchange `job-cancels`. */
export const JobCancelled = Type.Object(ofAttempt);
export type JobCancelled = Static<typeof JobCancelled>;

/**
 * A task's row is new, has changed, or is gone: for whoever watches it, on the exchange `task-changes`; not
 * kept. Without a status there is nothing to say but that it is time to look.
 */
export const TaskChanged = Type.Object({
  taskId: Id,
  ownerId: Id,
  status: Type.Optional(Type.Enum(taskStatuses)),
  progress: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
});
export type TaskChanged = Static<typeof TaskChanged>;

const Recipient = Type.Object({
  name: Type.String(),
  email: Type.String(),
  /** Of the e-mail; English where a message of an older version does not tell. */
  language: Type.Optional(Language),
});
export type Recipient = Static<typeof Recipient>;

/** A person signed up: the welcome e-mail. */
export const AccountCreated = Type.Object({
  type: Type.Literal('account.created'),
  accountId: Id,
  recipient: Recipient,
});
export type AccountCreated = Static<typeof AccountCreated>;

/** Somebody asked for a new password: the e-mail with the link. */
export const PasswordResetRequested = Type.Object({
  type: Type.Literal('account.password-reset'),
  resetId: Id,
  recipient: Recipient,
  /** The link's token, sealed with the key that auth and the notifier share: no queue can be read for it. */
  sealedToken: Type.String({ pattern: '^[A-Za-z0-9_-]+$' }),
});
export type PasswordResetRequested = Static<typeof PasswordResetRequested>;

/** An account is gone: tasks and webhooks remove what it owned. */
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
export const Notification = Type.Union([AccountCreated, PasswordResetRequested, TaskEnded]);
export type Notification = Static<typeof Notification>;

/** A task has ended whose owner has webhooks; on the exchange `webhook-events`. */
export const WebhookEvent = Type.Object({
  /** A UUIDv7: the `webhook-id` of every delivery of it. */
  eventId: Id,
  ownerId: Id,
  payload: Type.Union([
    webhookPayloads['task.processed'],
    webhookPayloads['task.failed'],
    webhookPayloads['task.cancelled'],
  ]),
});
export type WebhookEvent = Static<typeof WebhookEvent>;
