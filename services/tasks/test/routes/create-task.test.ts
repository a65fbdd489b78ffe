import { writtenFormats } from '@comprimemelo/contracts/formats';
import { newId } from '@comprimemelo/prisma/client/identifiers';
import t from 'tap';
import { tasksFixture, type Upload } from '../fixtures/tasks-fixture.js';

const nothing = { tasks: 0, files: 0, messages: 0, blobs: 0 };

t.test('files, task and job are stored together', async (t) => {
  const { create, db, left } = await tasksFixture(t);
  const response = await create({ format: 'tgz', level: 'best', name: 'mine' }, [
    ['b.txt', 'bb'],
    ['a.txt', ''],
  ]);
  t.equal(response.statusCode, 202);
  const task = response.json();
  t.equal(response.headers.location, `/api/tasks/${task.id}`);
  t.equal(response.headers['retry-after'], '1');
  t.match(task, {
    operation: 'compress',
    status: 'uploaded',
    available: false,
    progress: 0,
    attempts: 1,
    format: 'tar.gz',
    options: { level: 'best', name: 'mine' },
    results: [],
    error: null,
    files: [
      { name: 'b.txt', extension: 'txt', size: 2 },
      { name: 'a.txt', extension: 'txt', size: 0 },
    ],
  });
  t.strictSame(await left(), { tasks: 1, files: 2, messages: 1, blobs: 2 });

  const message = await db.prisma.outboxMessage.findFirstOrThrow();
  t.match(message, { exchange: 'conversions', routingKey: 'small' });
  const files = await db.prisma.file.findMany({ orderBy: { id: 'asc' } });
  t.strictSame(JSON.parse(message.body), {
    taskId: task.id,
    attempt: 1,
    operation: 'compress',
    format: 'tar.gz',
    options: { level: 'best', name: 'mine' },
    resultName: 'mine.tar.gz',
    inputs: files.map(({ blobKey, name, size }) => ({ blobKey, name, size: Number(size) })),
  });
});

t.test("the predecessor's field names are taken", async (t) => {
  const { app, create, request, left } = await tasksFixture(t);
  t.equal((await create({ newFormat: '.zip' }, [['a', 'a']])).statusCode, 202);
  const boundary = 'x';
  const part = `--x\r\ncontent-disposition: form-data; name="fileName"; filename="a.txt"\r\n\r\nhi\r\n`;
  const field = `--x\r\ncontent-disposition: form-data; name="newFormat"\r\n\r\n7z\r\n--x--\r\n`;
  const response = await request('POST', '/api/tasks', {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.from(part + field),
  });
  t.equal(response.statusCode, 202, 'with the field after the file');
  t.match(response.json(), { format: '7z', files: [{ name: 'a.txt' }] });
  t.equal((await left()).tasks, 2);
  t.ok(app);
});

t.test('a task of files that were there before', async (t) => {
  const { create, request, db } = await tasksFixture(t);
  const first = (await create({ format: 'zip' }, [['a.txt', 'a']])).json();
  const id = first.files[0].id;
  const response = await request('POST', '/api/tasks', {
    payload: { files: [id], format: 'xz', options: { level: 'fast' } },
  });
  t.equal(response.statusCode, 202);
  t.match(response.json(), { format: 'xz', files: [{ id, name: 'a.txt' }] });
  t.equal(await db.prisma.file.count(), 1, 'no second copy');
  for (const [body, status, problem] of [
    [{ files: [newId()], format: 'zip' }, 404, 'file-not-found'],
    [{ files: [], format: 'zip' }, 422, 'no-file'],
    [{ files: ['x'], format: 'zip' }, 400, 'invalid-request'],
    [{ format: 'zip' }, 400, 'invalid-request'],
  ] as const) {
    const refused = await request('POST', '/api/tasks', { payload: body });
    t.equal(refused.statusCode, status, JSON.stringify(body));
    t.equal(refused.json().type, `/problems/${problem}`);
  }
  const foreign = await request('POST', '/api/tasks', {
    by: newId(),
    payload: { files: [id], format: 'zip' },
  });
  t.equal(foreign.json().type, '/problems/file-not-found', "another user's file");
});

t.test('what is refused leaves no row and no blob', async (t) => {
  const { create, request, left } = await tasksFixture(t, { maxUploadBytes: 1_000 });
  const a: Upload = ['a.txt', 'a'];
  const refused: [Record<string, string>, Upload[], number, string][] = [
    [{ format: 'rar' }, [a], 422, 'unsupported-format'],
    [{ format: 'nothing' }, [a, a], 422, 'unsupported-format'],
    [{}, [a], 400, 'invalid-request'],
    [{ format: 'zip' }, [], 422, 'no-file'],
    [{ format: 'gz' }, [a, a], 422, 'single-file-format'],
    [{ format: 'zip', options: '{' }, [a], 400, 'invalid-request'],
    [{ format: 'zip' }, [['a', 'x'.repeat(1_001)]], 413, 'upload-too-large'],
    [{ format: 'zip' }, [a, ['b', 'x'.repeat(1_000)]], 413, 'upload-too-large'],
    [{ format: 'zip' }, [['..', 'a']], 422, 'unusable-name'],
  ];
  for (const [fields, files, status, problem] of refused) {
    const response = await create(fields, files);
    t.equal(response.statusCode, status, problem);
    t.match(response.json(), { type: `/problems/${problem}` });
    t.strictSame(await left(), nothing, `nothing is left of ${problem}`);
  }
  const cut = await request('POST', '/api/tasks', {
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    payload: Buffer.from(
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nhalf a fi',
    ),
  });
  t.equal(cut.statusCode, 400);
  t.strictSame(await left(), nothing, 'nor of an upload that ends early');
  const other = await request('POST', '/api/tasks', {
    headers: { 'content-type': 'text/csv' },
    payload: Buffer.from('x'),
  });
  t.equal(other.json().type, '/problems/unsupported-media-type');
  const empty = await request('POST', '/api/tasks');
  t.equal(empty.json().type, '/problems/unsupported-media-type');
});

t.test('an account that is gone makes no task', async (t) => {
  const { create, db, left } = await tasksFixture(t);
  await db.prisma.user.deleteMany();
  const response = await create({ format: 'zip' }, [['a.txt', 'a']]);
  t.equal(response.json().type, '/problems/unauthenticated');
  t.strictSame(await left(), nothing);
});

t.test('who asks for rar is told what can be written', async (t) => {
  const { create } = await tasksFixture(t);
  const { supported } = (await create({ format: 'rar' }, [['a', 'a']])).json();
  t.strictSame(supported, [...writtenFormats]);
});
