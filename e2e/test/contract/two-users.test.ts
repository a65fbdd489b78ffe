import t from 'tap';
import { type ApiClient, inputText, newClient } from '../client/api-client.js';
import { apiDocument, exampleBody, type Operation } from '../client/api-document.js';
import { testedSystem } from '../config.js';

const { origin } = testedSystem();
const { operations } = await apiDocument();
const secured = operations.filter((operation) => operation.secured);

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const idOfNobody = '01900000-0000-7000-8000-000000000000';

type Item = { id: string };

/** What the client has in a collection, such as /api/tasks; made by its POST's example where there is nothing. */
async function itemsOf(client: ApiClient, collection: string): Promise<Item[]> {
  const list = async () => {
    const response = await client.request(collection);
    return ((await response.json()) as { items?: Item[] }).items ?? [];
  };
  const items = await list();
  if (items.length > 0) return items;
  const create = operations.find(({ path, method }) => path === collection && method === 'POST');
  if (create !== undefined) {
    await client.request(collection, { method: 'POST', ...exampleBody(create) });
  }
  return list();
}

const collectionOf = ({ path }: Operation) => path.slice(0, path.indexOf('/{'));
const collections = new Set(secured.filter(({ path }) => path.includes('{')).map(collectionOf));

/** The path with an id in the place of each of its parameters. */
const filled = ({ path }: Operation, id: string) => path.replace(/\{\w+\}/g, id);

const send = (operation: Operation, path: string, token?: string, init = exampleBody(operation)) =>
  fetch(`${origin}${path}`, {
    ...init,
    method: operation.method,
    redirect: 'manual',
    headers: { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) },
  });

/** All that a client can see, to be held against what it sees later. */
async function everything(client: ApiClient): Promise<unknown[]> {
  const paths = [...collections, '/api/auth/me'];
  return Promise.all(paths.map(async (path) => (await client.request(path)).json()));
}

t.test('nobody without a token', async (t) => {
  t.ok(secured.length > 10);
  for (const operation of secured) {
    const response = await send(operation, filled(operation, idOfNobody));
    t.equal(response.status, 401, operation.operationId);
    t.match(await response.json(), { type: '/problems/unauthenticated' }, operation.operationId);
  }
});

t.test("nobody with another one's ids", async (t) => {
  const [ada, bob] = [await newClient(origin), await newClient(origin)];
  await ada.run({ format: 'zip' }, [inputText('a.txt', 'of ada')]);
  const items = new Map<string, string>();
  for (const collection of collections) {
    const [item] = await itemsOf(ada, collection);
    t.ok(item, `ada has something in ${collection}`);
    items.set(collection, item?.id ?? idOfNobody);
  }
  const before = await everything(ada);

  for (const operation of secured.filter(({ path }) => path.includes('{'))) {
    const { operationId } = operation;
    const id = items.get(collectionOf(operation)) ?? '';
    const response = await send(operation, filled(operation, id), bob.token);
    t.equal(response.status, 404, operationId);
    t.match(await response.json(), { type: /-not-found$/ }, operationId);
  }

  const file = items.get('/api/files') ?? '';
  for (const operation of secured.filter(({ path }) => !path.includes('{'))) {
    const { operationId, path, parameters } = operation;
    const init = exampleBody(operation);
    if (typeof init.body === 'string' && uuid.test(init.body)) {
      const body = init.body.replaceAll(new RegExp(uuid, 'g'), file);
      const response = await send(operation, path, bob.token, { ...init, body });
      t.equal(response.status, 404, `${operationId} in its body`);
    }
    for (const { name, schema } of parameters.filter((one) => one.in === 'query')) {
      if (schema.format !== 'uuid') continue;
      for (const id of items.values()) {
        const response = await send(operation, `${path}?${name}=${id}`, bob.token);
        const answer = (await response.json()) as { items?: unknown[] };
        t.same(answer.items ?? [], [], `${operationId} by ${name}`);
      }
    }
  }

  for (const collection of collections) {
    const response = await bob.request(collection);
    t.same(((await response.json()) as { items: Item[] }).items, [], `${collection} of bob`);
  }
  t.same(await everything(ada), before, 'nothing of ada has changed');
});
