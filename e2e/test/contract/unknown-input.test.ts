import type { Problem } from '@comprimemelo/contracts/problem';
import t, { type Test } from 'tap';
import { newClient } from '../client/api-client.js';
import { apiDocument, exampleBody } from '../client/api-document.js';
import { testedSystem } from '../config.js';
import { encoders, fieldsOf, misspelt, pathOf } from './misspelt.js';

const { origin } = testedSystem();
const document = await apiDocument();
const client = await newClient(origin);

/** What probes call takes any query: some of them add one, so that no cache answers. */
const operations = document.operations.filter(({ operationId }) => operationId !== 'getReadiness');

/** Sends a request that must be refused, and gives what is said of the field. */
async function refusal(t: Test, path: string, init: RequestInit, name: string): Promise<string> {
  const response = await client.request(path, init);
  const problem = (await response.json()) as Problem;
  t.match(problem, { status: 400, type: '/problems/invalid-request' }, `${init.method} ${path}`);
  const error = problem.errors?.find(({ pointer }) => pointer.split('/').at(-1) === name);
  t.ok(error, `${init.method} ${path} names ${name}: ${JSON.stringify(problem)}`);
  return error?.detail ?? '';
}

t.test('every operation refuses an unknown query parameter, and names the nearest', async (t) => {
  t.ok(operations.length > 30);
  for (const operation of operations) {
    const [known] = operation.parameters.filter((one) => one.in === 'query');
    const name = known === undefined ? 'wibble' : misspelt(known.name);
    const init = { method: operation.method, ...exampleBody(operation) };
    const detail = await refusal(t, `${pathOf(operation)}?${name}=1`, init, name);
    const hint = known === undefined ? '; it takes none.' : `; did you mean \`${known.name}\`?`;
    t.equal(
      detail,
      `\`${name}\` is not a query parameter of this operation${hint}`,
      operation.operationId,
    );
  }
});

t.test(
  'every body refuses a field of which a letter is missing, and names the nearest',
  async (t) => {
    let bodies = 0;
    for (const operation of operations) {
      for (const [type, { schema, example }] of Object.entries(operation.body)) {
        for (const field of fieldsOf(schema, document)) {
          const name = misspelt(field);
          const { [field]: value = 'x', ...rest } = example as Record<string, unknown>;
          const init = {
            method: operation.method,
            ...encoders[type]?.({ ...rest, [name]: value }),
          };
          const detail = await refusal(t, pathOf(operation), init, name);
          const expected = `\`${name}\` is not a field of this operation; did you mean \`${field}\`?`;
          t.equal(detail, expected, `${operation.operationId} as ${type}`);
          bodies += 1;
        }
      }
    }
    t.ok(bodies > 80, `${bodies} bodies`);
  },
);

t.test('every operation without a body refuses the field of one', async (t) => {
  const bare = operations.filter(({ method, body }) => {
    return method !== 'GET' && Object.keys(body).length === 0;
  });
  t.ok(bare.length > 5);
  for (const operation of bare) {
    // The account is still needed.
    const init = { method: operation.method, ...encoders['application/json']?.({ wibble: 1 }) };
    const detail = await refusal(t, pathOf(operation), init, 'wibble');
    t.equal(detail, '`wibble` is not a field of this operation; it takes none.');
  }
});

t.test('every file of another name than `file` is refused', async (t) => {
  for (const operation of operations.filter(({ body }) => 'multipart/form-data' in body)) {
    const form = new FormData();
    form.append('wibble', new Blob(['x']), 'x.txt');
    const init = { method: operation.method, body: form };
    await refusal(t, pathOf(operation), init, 'wibble');
  }
});

t.test('a slash at the end of a path changes nothing', async (t) => {
  for (const operation of document.operations) {
    if (operation.operationId === 'getReadiness') continue;
    const answers = ['', '/'].map((slash) =>
      fetch(`${origin}${pathOf(operation)}${slash}`, { method: operation.method }),
    );
    const [plain, slashed] = await Promise.all(answers);
    t.equal(slashed?.status, plain?.status, operation.operationId);
    t.not(slashed?.status, 404, operation.operationId);
  }
  const page = await client.request('/api/files/?limit=1');
  t.equal(page.status, 200);
});
