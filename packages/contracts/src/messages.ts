import Type, { type Static } from 'typebox';
import { Language } from './account.js';
import { ArchiveSummary, RawPath, ReportLine } from './archive.js';
import { blobKeyPattern } from './blob-keys.js';
import { Id, Nullable, Time } from './identifier.js';
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
  /** Null if the operation writes no archive. */
  format: Nullable(Type.String()),
  options: TaskOptions,
  /**
   * The archive password, encrypted with the key that tasks and the compressors share. It opens the inputs of every
   * operation except compress, and protects what compress and convert write if the format supports it.
   */
  sealedPassword: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]+$' })),
  /** File name of the result if the operation writes an archive. */
  resultName: Nullable(Type.String()),
  inputs: Type.Array(
    Type.Object({
      blobKey: BlobKey,
      name: Type.String(),
      size: Type.Integer({ minimum: 0 }),
      /** Relative, with slashes; absent if it is the name. */
      path: Type.Optional(Type.String()),
      /** When the content last changed, if the uploader said so. */
      modified: Type.Optional(Time),
    }),
    { minItems: 1 },
  ),
});
export type ConversionJob = Static<typeof ConversionJob>;

const ofAttempt = { taskId: Id, attempt: Type.Integer({ minimum: 1 }) };

/** A worker has started the job; sent for each delivery. */
export const TaskStarted = Type.Object({ ...ofAttempt, type: Type.Literal('task.started') });

/** Progress in percent, sent about once a second while the job runs, even if unchanged, as a heartbeat. */
export const TaskProgress = Type.Object({
  ...ofAttempt,
  type: Type.Literal('task.progress'),
  progress: Type.Integer({ minimum: 0, maximum: 100 }),
});

/** A stored result; also one line of a manifest. */
export const PublishedResult = Type.Object({
  id: Id,
  blobKey: BlobKey,
  name: Type.String(),
  path: Type.String(),
  rawPath: RawPath,
  size: Type.Integer({ minimum: 0 }),
  sha256: Sha256,
  mediaType: Type.String(),
});
export type PublishedResult = Static<typeof PublishedResult>;

export const TaskCompleted = Type.Object({
  ...ofAttempt,
  type: Type.Literal('task.completed'),
  /** Identifies this run: each run stores under its own keys. */
  runId: Id,
  /** Empty if there is a manifest. */
  results: Type.Array(PublishedResult, { maxItems: limits.eventResults }),
  /** A blob with one PublishedResult per line (NDJSON), used if the event would be too long. */
  manifest: Nullable(Type.Object({ blobKey: BlobKey, count: Type.Integer({ minimum: 1 }) })),
  report: Type.Array(ReportLine),
  /** The inspected archives. `blobKey` holds one ArchiveEntry per line (NDJSON). */
  inspections: Type.Array(
    Type.Object({
      input: Type.Integer({
        minimum: 0,
        description:
          "The input's place among the job's; of a split archive, that of the part that opens it",
      }),
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

/** Job events from the compressor on the exchange `task-events`; `type` is the routing key. */
export const TaskEvent = Type.Union([TaskStarted, TaskProgress, TaskCompleted, TaskFailed]);
export type TaskEvent = Static<typeof TaskEvent>;

/** This attempt is no longer wanted, and its worker stops. Announced on the exchange `job-cancels`. */
export const JobCancelled = Type.Object(ofAttempt);
export type JobCancelled = Static<typeof JobCancelled>;

/**
 * A task row was created, changed or deleted. Announced to event streams on the exchange `task-changes` and not
 * stored. Without a status it only means that the row should be read again.
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
  /** Language of the e-mail; English if a message from an older version has none. */
  language: Type.Optional(Language),
});
export type Recipient = Static<typeof Recipient>;

/** Someone signed up: triggers the welcome e-mail. */
export const AccountCreated = Type.Object({
  type: Type.Literal('account.created'),
  accountId: Id,
  recipient: Recipient,
});
export type AccountCreated = Static<typeof AccountCreated>;

/** Someone requested a password reset: triggers the e-mail with the link. */
export const PasswordResetRequested = Type.Object({
  type: Type.Literal('account.password-reset'),
  resetId: Id,
  recipient: Recipient,
  /**
   * The token of the link, encrypted with the key that auth and the notifier share, so that reading a queue does not
   * reveal it.
   */
  sealedToken: Type.String({ pattern: '^[A-Za-z0-9_-]+$' }),
});
export type PasswordResetRequested = Static<typeof PasswordResetRequested>;

/** An account was deleted: tasks and webhooks delete what it owned. */
export const AccountDeleted = Type.Object({ type: Type.Literal('account.deleted'), accountId: Id });
export type AccountDeleted = Static<typeof AccountDeleted>;

/** A file of a task was deleted: tasks removes it from the results. */
export const FileDeleted = Type.Object({
  type: Type.Literal('file.deleted'),
  fileId: Id,
  taskId: Id,
});
export type FileDeleted = Static<typeof FileDeleted>;

/** Deletions that tasks has to follow. */
export const Removal = Type.Union([AccountDeleted, FileDeleted]);
export type Removal = Static<typeof Removal>;

/** A task has finished: triggers the e-mail about it. */
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

/** Messages that the notifier turns into e-mails. */
export const Notification = Type.Union([AccountCreated, PasswordResetRequested, TaskEnded]);
export type Notification = Static<typeof Notification>;

/** A task whose owner has webhooks has finished. On the exchange `webhook-events`. */
export const WebhookEvent = Type.Object({
  /** A UUIDv7, sent as `webhook-id` with every delivery. */
  eventId: Id,
  ownerId: Id,
  payload: Type.Union([
    webhookPayloads['task.processed'],
    webhookPayloads['task.failed'],
    webhookPayloads['task.cancelled'],
  ]),
});
export type WebhookEvent = Static<typeof WebhookEvent>;
