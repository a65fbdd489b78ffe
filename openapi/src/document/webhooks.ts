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
    summary: 'A task is processed',
    description: 'Its results can be downloaded: `data.id` leads to getTask.',
    schema: 'TaskProcessedEvent',
  },
  taskFailed: {
    summary: 'A task has failed',
    description: '`data.error` says why.',
    schema: 'TaskFailedEvent',
    data: { status: 'failed', resultCount: 0, error },
  },
  taskCancelled: {
    summary: 'A task was cancelled',
    description: 'By its owner. A task that is deleted before its end tells nothing.',
    schema: 'TaskCancelledEvent',
    data: { status: 'cancelled', resultCount: 0 },
  },
  webhookTest: {
    summary: 'A test',
    description: 'Its owner has asked for it by testWebhook.',
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
    'The event: the same for every try and for a replay. What has come before can be told by it',
    '0193a1de-7b5c-7c3e-9d1f-2f6a0c4b8e11',
  ),
  header(
    'webhook-timestamp',
    'When this try was made, in seconds since 1970. Refuse what is more than five minutes off',
    '1769860800',
  ),
  header(
    'webhook-signature',
    'One or two signatures, separated by a space; one of them must be right. Each is `v1,` and the base64 of the ' +
      'HMAC-SHA-256 of `<webhook-id>.<webhook-timestamp>.<body>`, by the bytes that follow `whsec_` in the secret as ' +
      'base64. Any library for Standard Webhooks verifies it',
    'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  ),
];

const responses = {
  '2XX': { description: 'The event is taken' },
  410: { description: 'The webhook is disabled: nothing more is sent to it' },
  default: {
    description:
      'Tried again, not before `Retry-After` where the answer has one. Redirects are not followed',
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
