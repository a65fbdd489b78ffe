import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import t from 'tap';
import { inputText, newClient } from '../client/api-client.js';
import { apiDocument } from '../client/api-document.js';
import { fuzzSettings, testedSystem } from '../config.js';
import { type Answer, declaredAnswers } from './declared-answer.js';
import { type FuzzRequest, fuzzRequests } from './fuzz-requests.js';

/** `npm run fuzz` sends 20,000 requests. What is sent is the same each time, unless another seed is given. */
const { runs, seed } = fuzzSettings();
/** Requests at once. */
const lanes = 4;

const { origin } = testedSystem();
const document = await apiDocument();
const { fault, strangeFault } = declaredAnswers(document);
const client = await newClient(origin);
const agent = new Agent({ keepAlive: true });
t.teardown(() => agent.destroy());

/** Ids that the client has, or had: what is deleted is asked for again. */
const ids = new Map<string, string[]>();
const idsOf = (path: string) => ids.get(path.split('/')[2] ?? '') ?? [];

function keepId({ operation }: FuzzRequest, { status, body }: Answer): void {
  if (operation.method !== 'POST' || status >= 300 || !/"id":"/.test(body.toString())) return;
  const found = /"id":"([0-9a-f-]{36})"/.exec(body.toString())?.[1];
  const known = idsOf(operation.path);
  if (found !== undefined) known.push(found);
  if (known.length > 50) known.shift();
}

/** The path and query; `isStrange` where the path leads to none of the document's. */
function addressOf({ operation, ids: places, query }: FuzzRequest) {
  const own = idsOf(operation.path);
  const values = places.map((id) => (typeof id === 'number' ? (own[id % own.length] ?? '') : id));
  const isStrange = values.some((value) => /^\.{0,2}$|[/\\%\0]/.test(value));
  let at = 0;
  const wellFormed = (value: string) => encodeURIComponent(Buffer.from(value).toString());
  const path = operation.path.replace(/\{\w+\}/g, () => wellFormed(values[at++] ?? ''));
  const pairs = query.map(([name, value]) => `${name}=${wellFormed(value)}`);
  return { path: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path, isStrange };
}

async function send(asked: FuzzRequest, path: string): Promise<Answer> {
  const tokens = { valid: client.token, none: '', wrong: 'eyJhbGciOiJub25lIn0.e30.' };
  const token = tokens[asked.token];
  const headers = {
    ...asked.headers,
    ...(token && { authorization: `Bearer ${token}` }),
    ...(asked.body && { 'content-length': asked.body.length }),
  };
  const sent = request(`${origin}${path}`, { method: asked.method, headers, agent });
  sent.end(asked.body);
  const [response] = (await once(sent, 'response').catch((error) => {
    // The proxy closed a kept connection in the moment that it was taken again: no answer was due on it.
    if (sent.reusedSocket) return [undefined];
    throw error;
  })) as [IncomingMessage | undefined];
  if (response === undefined) return send(asked, path);
  const isStream = response.headers['content-type']?.startsWith('text/event-stream');
  if (isStream) response.destroy();
  const body = isStream ? Buffer.alloc(0) : await buffer(response);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

type Result = Pick<
  fc.RunDetails<[FuzzRequest]>,
  'failed' | 'errorInstance' | 'counterexample' | 'seed'
>;

const statuses = new Map<number, number>();

async function holds(asked: FuzzRequest): Promise<void> {
  const { path, isStrange } = addressOf(asked);
  const answer = await send(asked, path);
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  keepId(asked, answer);
  const isDeclared = !isStrange && asked.method === asked.operation.method;
  const wrong = isDeclared ? fault(asked.operation, answer) : strangeFault(answer);
  if (wrong !== undefined) throw new Error(`${asked.operation.operationId}: ${wrong}`);
}

/** What went wrong, and the smallest request with which it does. */
function failureOf({ failed, errorInstance, counterexample, seed }: Result): string {
  const [found] = counterexample ?? [];
  if (!failed || found === undefined) return 'holds';
  const { operation: _, body, ...asked } = found;
  const sent = body === undefined ? '' : Buffer.from(body).toString().slice(0, 1_000);
  return `${(errorInstance as Error).message}\n${JSON.stringify(asked)}\n${sent}\nseed ${seed}`;
}

t.test(`${runs} requests: no 5xx, and every answer as the document declares it`, async (t) => {
  const { id } = await client.run({ format: 'zip' }, [inputText('a.txt', 'a')]);
  const files = (await (await client.request('/api/files')).json()) as { items: { id: string }[] };
  ids
    .set('tasks', [id])
    .set(
      'files',
      files.items.map((file) => file.id),
    )
    .set('webhooks', []);
  const property = fc.asyncProperty(fuzzRequests(document), holds);
  const checks = Array.from({ length: lanes }, (_, lane) =>
    fc.check(property, {
      numRuns: Math.ceil(runs / lanes),
      seed: seed + lane,
      endOnFailure: false,
    }),
  );
  for (const result of await Promise.all(checks)) t.notOk(result.failed, failureOf(result));
  const counts = [...statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, count]) => `${count} of ${status}`);
  t.comment(`seed ${seed}: ${counts.join(', ')}`);
  t.ok((statuses.get(200) ?? 0) > runs / 100, 'some of them went through');
});
