import { webhookEventTypes, webhookPayloads } from '@comprimemelo/contracts/webhook';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import t from 'tap';
import { document } from '../fixtures/document.js';

const webhooks = Object.values(document.webhooks ?? {}).map(({ post }) => post);

const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
ajv.addSchema({ ...document, $id: 'document' });

/** The schema of an event's body, and its example. */
function bodyOf(webhook: (typeof webhooks)[number]) {
  const { schema = {}, example } = webhook?.requestBody?.content['application/json'] ?? {};
  return { schema, example: example as { type: keyof typeof webhookPayloads } };
}

t.test('every event is described, under the name that it has in code', async (t) => {
  const names = webhooks.map((webhook) => webhook?.operationId);
  t.same(names, Object.keys(document.webhooks ?? {}));
  const types = webhooks.map((webhook) => bodyOf(webhook).example.type);
  t.same(types.sort(), [...webhookEventTypes].sort());
});

t.test('each has an example that its schema, and the service itself, take', async (t) => {
  for (const webhook of webhooks) {
    const { schema, example } = bodyOf(webhook);
    const validate = ajv.compile(
      JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')),
    );
    t.ok(validate(example), `${webhook?.operationId} ${ajv.errorsText(validate.errors)}`);
    const { type } = example;
    t.ok(ajv.validate(webhookPayloads[type], example), `${type} ${ajv.errorsText()}`);
  }
});

t.test('each has the headers of Standard Webhooks', async (t) => {
  for (const webhook of webhooks) {
    const headers = webhook?.parameters?.filter((one) => one.in === 'header' && one.required);
    t.same(
      headers?.map(({ name }) => name),
      ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
    );
  }
});
