import { problems, problemType } from '@comprimemelo/contracts/problems';
import { exampleOf } from '../examples/example-of.js';
import type { OpenApiDocument, Operation, Parameter, PathItem } from '../model/document.js';

interface Event {
  summary: string;
  description: string;
  /** Its body, by the name of its schema. */
  schema: string;
  /** What its example has of its own. */
  data?: object;
}

const error = {
  type: problemType('archive-corrupt'),
  title: problems['archive-corrupt'].title,
};

const events: Record<string, Event> = {
  taskProcessed: {
    summary: 'A task was processed',
    description: 'The results can be downloaded. Call getTask with `data.id`.',
    schema: 'TaskProcessedEvent',
  },
  taskFailed: {
    summary: 'A task failed',
    description: '`data.error` says why.',
    schema: 'TaskFailedEvent',
    data: { status: 'failed', resultCount: 0, error },
  },
  taskCancelled: {
    summary: 'A task was cancelled',
    description:
      'Its owner cancelled it. A task that is deleted before it finishes sends no event.',
    schema: 'TaskCancelledEvent',
    data: { status: 'cancelled', resultCount: 0 },
  },
  webhookTest: {
    summary: 'A test event',
    description: 'Sent when the owner of the webhook calls testWebhook.',
    schema: 'WebhookTestEvent',
  },
};

const header = (name: string, description: string, example: string): Parameter => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string', examples: [example] },
});

/** Source: the Standard Webhooks specification, version 1. */
const headers = [
  header(
    'webhook-id',
    'Id of the event, the same for every attempt and every replay. Use it to ignore duplicates',
    '0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11',
  ),
  header(
    'webhook-timestamp',
    'When this attempt was made, as a Unix timestamp in seconds. Reject requests that are more than five minutes off',
    '1769860800',
  ),
  header(
    'webhook-signature',
    'One or two signatures, separated by a space; accept the request if either is valid. Each is `v1,` followed by the ' +
      'base64-encoded HMAC-SHA-256 of `<webhook-id>.<webhook-timestamp>.<body>`. The key is the part of the secret after ' +
      '`whsec_`, base64-decoded. Any Standard Webhooks library can verify it',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ),
];

const responses = {
  '2XX': { description: 'The event was received' },
  410: { description: 'The webhook is disabled and receives no further events' },
  default: {
    description:
      'The delivery is retried, no earlier than `Retry-After` if the response has it. Redirects are not followed',
  },
};

function operationOf(
  operationId: string,
  { summary, description, schema, data }: Event,
  document: OpenApiDocument,
): Operation {
  const reference = { $ref: `#/components/schemas/${schema}` };
  const usual = exampleOf(reference, document) as { data: object };
  const example = { ...usual, data: { ...usual.data, ...data } };
  return {
    operationId,
    tags: ['Webhooks'],
    summary,
    description,
    security: [],
    parameters: headers,
    requestBody: {
      required: true,
      content: { 'application/json': { schema: reference, example } },
    },
    responses,
  };
}

/** The requests that webhooks get, for a document that has the schemas of their bodies. */
export const webhooksOf = (document: OpenApiDocument): Record<string, PathItem> =>
  Object.fromEntries(
    Object.entries(events).map(([name, event]) => [
      name,
      { post: operationOf(name, event, document) },
    ]),
  );
