import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { Problem } from '@comprimemelo/contracts/problem';
import t, { type Test } from 'tap';
import { type ApiClient, type Fields, inputText, newClient } from '../client/api-client.js';
import { until } from '../client/until.js';
import { blobsHolding, testedSystem } from '../config.js';

const system = testedSystem();

async function problemOf(response: Response) {
  const type = response.headers.get('content-type') ?? '';
  const problem = (await response.json()) as Problem;
  return { ...problem, status: response.status, json: type.startsWith('application/problem+json') };
}

/** Nothing of this client, and nothing that holds this marker, may be left. */
async function nothingLeft(t: Test, client: ApiClient, marker: string) {
  for (const list of ['tasks', 'files']) {
    const response = await client.request(`/api/${list}`);
    const page = (await response.json()) as { items: unknown[] };
    t.strictSame(page.items, [], `no row in ${list}`);
  }
  t.strictSame(await blobsHolding(system.blobRoot, marker), [], 'no blob');
}

t.test('tokens that are none', async (t) => {
  const client = await newClient(system.origin);
  const [header = '', payload = '', signature = ''] = client.token.split('.');
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const { createSigner } = await import('fast-jwt');
  const resigned = createSigner({
    key: stranger.export({ type: 'pkcs8', format: 'pem' }),
    algorithm: 'EdDSA',
    header: JSON.parse(Buffer.from(header, 'base64url').toString()),
  })(claims);
  const now = Math.floor(Date.now() / 1_000);
  const tokens: [string, string][] = [
    ['none', ''],
    [
      'expired, with the old signature',
      `${header}.${encode({ ...claims, exp: now - 1 })}.${signature}`,
    ],
    ['of another key', resigned],
    ['alg none', `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`],
    ['a refresh token', client.refreshToken],
  ];
  for (const [what, token] of tokens) {
    for (const path of ['/api/tasks', '/api/files', '/api/auth/me']) {
      const headers = { authorization: `Bearer ${token}` };
      const problem = await problemOf(await fetch(`${system.origin}${path}`, { headers }));
      t.match(problem, { status: 401, json: true, type: '/problems/unauthenticated' }, what);
    }
  }
});

t.test('requests that cannot be done leave nothing', async (t) => {
  const client = await newClient(system.origin);
  const marker = randomBytes(16).toString('hex');
  const file = inputText('a.txt', marker);
  const cases: [Fields, (typeof file)[], number, string][] = [
    [{ format: 'zip' }, [], 422, 'no-file'],
    [{}, [file], 400, 'invalid-request'],
    [{ format: 'rar' }, [file], 422, 'unsupported-format'],
    [{ format: 'exe' }, [file], 422, 'unsupported-format'],
    [
      { operation: 'inspect', options: '{"nameEncoding":"klingon"}' },
      [file],
      422,
      'unsupported-encoding',
    ],
    [{ format: 'zip', options: '{"nameEncoding":"cp437"}' }, [file], 422, 'unsupported-option'],
    [{ format: 'xz' }, [file, file], 422, 'single-file-format'],
    [{ format: 'zip', operation: 'explode' }, [file], 400, 'invalid-request'],
    [{ format: 'zip' }, [inputText('..', marker)], 422, 'unusable-name'],
    [{ format: 'zip' }, Array.from({ length: 101 }, () => file), 422, 'too-many-files'],
  ];
  for (const [fields, inputs, status, slug] of cases) {
    const problem = await problemOf(await client.createTask(fields, inputs));
    t.match(problem, { status, json: true, type: `/problems/${slug}` }, slug);
  }
  await nothingLeft(t, client, marker);
});

t.test('bodies that are no forms', async (t) => {
  const client = await newClient(system.origin);
  const marker = randomBytes(16).toString('hex');
  const send = (type: string, body: string) =>
    client.request('/api/tasks', { method: 'POST', headers: { 'content-type': type }, body });
  const part = `--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n${marker}`;
  for (const [type, body, status] of [
    ['multipart/form-data; boundary=b', part, 400],
    ['multipart/form-data; boundary=b', `${part}\r\n--b`, 400],
    ['multipart/form-data; boundary=other', `${part}\r\n--b--\r\n`, 400],
    ['multipart/form-data', `${part}\r\n--b--\r\n`, 400],
    ['application/json', '{"files":', 400],
    ['text/plain', marker, 415],
  ] as const) {
    const problem = await problemOf(await send(type, body));
    t.match(problem, { status, json: true }, `${type}: ${problem.type}`);
  }
  await nothingLeft(t, client, marker);
});

/** Sends the start of a request and hears what comes: to its end, or goes away soon and does not wait for it. */
function raw(head: string, body: string, { cut }: { cut: boolean }): Promise<string> {
  const { hostname, port } = new URL(system.origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
    if (!cut) socket.once('data', () => socket.end());
    socket.write(`${head}\r\n\r\n${body}`, () => {
      if (cut) setTimeout(() => socket.destroy(), 300);
    });
  });
}

const post = (client: ApiClient, length: number) =>
  [
    'POST /api/tasks HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: Bearer ${client.token}`,
    'Content-Type: multipart/form-data; boundary=b',
    `Content-Length: ${length}`,
  ].join('\r\n');

t.test('an upload whose sender goes away leaves nothing', async (t) => {
  const client = await newClient(system.origin);
  const marker = randomBytes(16).toString('hex');
  const body = `--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n${marker}${'x'.repeat(100_000)}`;
  await raw(post(client, 1_000_000), body, { cut: true });
  await until(async () => (await blobsHolding(system.blobRoot, marker)).length === 0);
  await nothingLeft(t, client, marker);
});

t.test('what declares to be too large is refused before it is sent', async (t) => {
  const client = await newClient(system.origin);
  const answer = await raw(post(client, 2 ** 45), '', { cut: false });
  t.match(answer, /^HTTP\/1\.1 413 /);
  t.match(answer, 'application/problem+json');
  t.match(answer, '/problems/upload-too-large');
});

t.test('unknown addresses answer problems', async (t) => {
  const client = await newClient(system.origin);
  for (const path of ['/api', '/api/nothing', '/api/tasks/not-an-id', '/api/files/x/content']) {
    const problem = await problemOf(await client.request(path));
    t.ok([400, 404].includes(problem.status), path);
    t.ok(problem.json, `${path} answers a problem`);
  }
});
