import Type, { type Static } from 'typebox';
import { Id, Nullable, Time } from './identifier.js';
import { limits } from './limits.js';
import { TaskProblem } from './problem.js';
import { operations, terminalStatuses } from './states.js';

/** The events that a webhook may be told of: a task has ended, one way or another. */
export const taskEndTypes = ['task.processed', 'task.failed', 'task.cancelled'] as const;
export type TaskEndType = (typeof taskEndTypes)[number];

/** Sent when its owner asks for it. */
export const webhookTestType = 'webhook.test';

export const webhookEventTypes = [...taskEndTypes, webhookTestType] as const;
export type WebhookEventType = (typeof webhookEventTypes)[number];

/** Why the service has stopped sending to an address. */
export const disabledReasons = ['gone', 'failing'] as const;
export type DisabledReason = (typeof disabledReasons)[number];

export const Webhook = Type.Object(
  {
    id: Id,
    url: Type.String({ examples: ['https://hooks.example/comprimemelo'] }),
    description: Nullable(Type.String({ examples: ['Our build server'] })),
    events: Type.Array(Type.Enum(taskEndTypes), {
      description: 'The events that it receives',
      examples: [[...taskEndTypes]],
    }),
    enabled: Type.Boolean({ description: 'False if events are not sent', examples: [true] }),
    disabledReason: Nullable(
      Type.Enum(disabledReasons, {
        description:
          'Why the service disabled it. `gone`: the receiver responded with 410; `failing`: no delivery has succeeded for five days',
      }),
      { examples: [null] },
    ),
    createdAt: Time,
  },
  { $id: 'Webhook', description: 'A registered address that receives task events' },
);
export type Webhook = Static<typeof Webhook>;

export const WebhookSecret = Type.String({
  pattern: '^whsec_[A-Za-z0-9+/]+={0,2}$',
  description:
    'Key that verifies the signatures (Standard Webhooks). Shown only once: store it safely',
  examples: ['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDkt+Z+a8xSyA='],
});

export const WebhookWithSecret = Type.Object(
  { ...Webhook.properties, secret: WebhookSecret },
  { $id: 'WebhookWithSecret', description: 'A new webhook and its signing secret' },
);

/** What a task has come to. More of it, and its results, has getTask. */
export const TaskOutcome = Type.Object({
  id: Id,
  operation: Type.Enum(operations, { examples: ['compress'] }),
  status: Type.Enum(terminalStatuses, { examples: ['processed'] }),
  format: Nullable(Type.String({ examples: ['zip'] })),
  resultCount: Type.Integer({ minimum: 0, examples: [1] }),
  attempts: Type.Integer({
    minimum: 1,
    description: 'Number of the attempt that finished: a task that runs again finishes again',
    examples: [1],
  }),
  error: Nullable(TaskProblem, { examples: [null] }),
  createdAt: Time,
  startedAt: Nullable(Time),
  finishedAt: Time,
});
export type TaskOutcome = Static<typeof TaskOutcome>;

const ofType = <T extends string>(type: T) => ({
  type: Type.Literal(type),
  timestamp: Type.String({
    ...Time,
    description: 'When the event happened, as an RFC 3339 date and time in UTC',
  }),
});

/** The body of each event as its receiver gets it. Source: the Standard Webhooks specification. */
export const webhookPayloads = {
  'task.processed': Type.Object({ ...ofType('task.processed'), data: TaskOutcome }),
  'task.failed': Type.Object({ ...ofType('task.failed'), data: TaskOutcome }),
  'task.cancelled': Type.Object({ ...ofType('task.cancelled'), data: TaskOutcome }),
  'webhook.test': Type.Object({
    ...ofType('webhook.test'),
    data: Type.Object({ webhookId: Id }),
  }),
} as const satisfies Record<WebhookEventType, Type.TSchema>;
export type WebhookPayload = Static<(typeof webhookPayloads)[WebhookEventType]>;

/** `pending` until the receiver has taken it, or the last try has failed. */
export const deliveryStatuses = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatusName = (typeof deliveryStatuses)[number];

/** Why a try got no answer; the last one is a fault of the service itself. */
export const deliveryFaults = [
  'address-refused',
  'no-public-address',
  'connection-failed',
  'certificate-refused',
  'timeout',
  'webhook-disabled',
  'internal-error',
] as const;
export type DeliveryFault = (typeof deliveryFaults)[number];

/** One try to deliver an event. */
export const DeliveryAttempt = Type.Object({
  at: Time,
  statusCode: Nullable(
    Type.Integer({
      description: 'HTTP status of the response; 2xx means delivered',
      examples: [200],
    }),
  ),
  fault: Nullable(
    Type.Enum(deliveryFaults, {
      description:
        'Why there was no response. `no-public-address`: the host name has no public IP address; `internal-error`: the service itself failed',
    }),
    {
      examples: [null],
    },
  ),
  durationMs: Type.Integer({ minimum: 0, examples: [87] }),
});
export type DeliveryAttempt = Static<typeof DeliveryAttempt>;

const delivery = {
  id: Id,
  eventId: Type.String({
    ...Id,
    description: 'Sent as `webhook-id`: the same for every attempt and every replay',
  }),
  type: Type.Enum(webhookEventTypes, { examples: ['task.processed'] }),
  status: Type.Enum(deliveryStatuses, { examples: ['delivered'] }),
  attemptCount: Type.Integer({ minimum: 0, examples: [1] }),
  nextAttemptAt: Nullable(Time, {
    description: 'Null when no further attempt is planned',
    examples: [null],
  }),
  createdAt: Time,
  endedAt: Nullable(Time),
};

export const Delivery = Type.Object(delivery, {
  $id: 'Delivery',
  description: 'The delivery of one event to one webhook',
});
export type Delivery = Static<typeof Delivery>;

export const DeliveryDetails = Type.Object(
  {
    ...delivery,
    payload: Type.Union(
      [
        webhookPayloads['task.processed'],
        webhookPayloads['task.failed'],
        webhookPayloads['task.cancelled'],
        webhookPayloads['webhook.test'],
      ],
      { description: 'The request body' },
    ),
    attempts: Type.Array(DeliveryAttempt, {
      maxItems: limits.shownAttempts,
      description: 'The most recent attempts, oldest first',
    }),
  },
  { $id: 'DeliveryDetails', description: 'A delivery with its request body and its attempts' },
);
export type DeliveryDetails = Static<typeof DeliveryDetails>;
