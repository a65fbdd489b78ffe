/** The names of the RabbitMQ exchanges and queues, with their routing keys. */
export const exchanges = {
  /** Jobs for the compressor. Direct: `small`, `large`. */
  conversions: 'conversions',
  /** Job events from the compressor. Topic: the event type. */
  taskEvents: 'task-events',
  /** Changes of task rows, for event streams. Topic: the task id. */
  taskChanges: 'task-changes',
  /** Cancelled attempts, for every compressor. Topic: the task id. */
  jobCancels: 'job-cancels',
  /** Events of accounts and finished tasks, from the outbox. Topic: the event type. */
  notifications: 'notifications',
  /** Finished tasks whose owner has webhooks, from the outbox. Topic: the event type. */
  webhookEvents: 'webhook-events',
  /** Rejected and exhausted deliveries. Direct: the queue name. */
  deadLetters: 'dead-letters',
  /** Jobs waiting for a retry. Direct: `small`, `large`. */
  retries: 'conversions.retries',
} as const;

export const lanes = ['small', 'large'] as const;
export type Lane = (typeof lanes)[number];

export const queues = {
  small: 'conversions.small',
  large: 'conversions.large',
  deadConversions: 'conversions.dead',
  retrySmall: 'conversions.retry.small',
  retryLarge: 'conversions.retry.large',
  taskEvents: 'tasks.events',
  removals: 'tasks.removals',
  notifications: 'notifier.notifications',
  deadNotifications: 'notifier.dead',
  deadTaskEvents: 'tasks.dead-events',
  webhookEvents: 'webhooks.events',
  webhookRemovals: 'webhooks.removals',
  deadWebhookEvents: 'webhooks.dead',
} as const;

/** Deliveries of a job before it is dead-lettered. */
export const deliveryLimit = 3;

/** Milliseconds before a retry after a transient error. */
export const retryDelay = 5_000;
/** Retries after transient errors before the task fails: two hours, the longest outage that a task survives. */
export const retryLimit = 1_440;
