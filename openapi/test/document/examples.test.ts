import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import t from 'tap';
import { changeOperations, type MediaType } from '../../src/model/document.js';
import { document } from '../fixtures/document.js';

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ ...document, $id: 'document' });

/** Every body of the document with its place. */
const bodies: { at: string; media: MediaType }[] = [];
changeOperations(document, (operation) => {
  const add = (at: string, content: Record<string, MediaType> = {}) => {
    for (const [type, media] of Object.entries(content)) {
      bodies.push({ at: `${operation.operationId} ${at} ${type}`, media });
    }
  };
  add('request', operation.requestBody?.content);
  for (const [status, { content }] of Object.entries(operation.responses)) add(status, content);
  return operation;
});

function resolved(example: unknown): unknown {
  const { $ref } = example as { $ref?: string };
  const name = $ref?.split('/').at(-1);
  const found = name === undefined ? example : document.components.examples?.[name];
  return (found as { value: unknown }).value;
}

t.test('each body has an example, and each is valid', async (t) => {
  t.ok(bodies.length > 50);
  for (const { at, media } of bodies) {
    const { schema = {}, example, examples = {} } = media;
    const values =
      example === undefined ? Object.values(examples).map((one) => resolved(one)) : [example];
    t.ok(values.length > 0, `${at} has an example`);
    // References lead into the document.
    const text = JSON.stringify(schema).replaceAll('"#/', '"document#/');
    const validate = ajv.compile(JSON.parse(text));
    for (const value of values) {
      t.ok(
        validate(value),
        `${at}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value)}`,
      );
    }
  }
});
