/** The names of RabbitMQ's exchanges and queues, and which routing keys lead where. */
export const exchanges = {
  /** Jobs for the compressor. Direct: `small`, `large`. */
  conversions: 'conversions',
  /** What the compressor tells of its jobs. Topic: the event's type. */
  taskEvents: 'task-events',
  /** Changes of task rows, for whoever watches. Topic: the task's id. */
  taskChanges: 'task-changes',
  /** Attempts that nobody wants any more, for every compressor. Topic: the task's id. */
  jobCancels: 'job-cancels',
  /** Events of accounts and ended tasks, from the outbox. Topic: the event's type. */
  notifications: 'notifications',
  /** Ended tasks whose owner has webhooks, from the outbox. Topic: the event's type. */
  webhookEvents: 'webhook-events',
  /** Where deliveries go that were given up. Direct: the queue's name. */
  deadLetters: 'dead-letters',
  /** Jobs that wait for another try. Direct: `small`, `large`. */
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

/** Deliveries of one job before it is given up. */
export const deliveryLimit = 3;

/** Milliseconds that a job waits after a transient fault. */
export const retryDelay = 5_000;
/** Tries after a transient fault before the task fails: two hours of them, the longest absence of a server. */
export const retryLimit = 1_440;
