import { newId } from '@comprimemelo/prisma/client/identifiers';
import { unseal } from '@comprimemelo/service/identity/sealed-box';
import t from 'tap';
import { rerunFixture } from '../fixtures/rerun-fixture.js';
import { secretsKey } from '../fixtures/tasks-fixture.js';

t.test('a failed task runs again as it is', async (t) => {
  const { create, fail, post, lastJob } = await rerunFixture(t);
  const task = (await create({ format: 'tgz', level: 'fast' }, [['a.txt', 'a']])).json();
  await fail(task);
  const response = await post(task, 'retry');
  t.equal(response.statusCode, 202);
  t.equal(response.headers.location, `/api/tasks/${task.id}`);
  t.match(response.json(), {
    status: 'uploaded',
    attempts: 2,
    error: null,
    finishedAt: null,
    operation: 'compress',
    format: 'tar.gz',
    options: { level: 'fast' },
  });
  t.match((await lastJob()).job, { attempt: 2, format: 'tar.gz', options: { level: 'fast' } });
});

t.test('only what has failed or was cancelled is tried again', async (t) => {
  const { created, process, fail, post } = await rerunFixture(t);
  const task = await created();
  t.equal((await post(task, 'retry')).json().type, '/problems/task-busy');
  await post(task, 'cancel');
  t.equal((await post(task, 'retry')).statusCode, 202, 'cancelled');
  const processed = await created();
  await process(processed);
  const refused = await post(processed, 'retry');
  t.equal(refused.statusCode, 409);
  t.equal(refused.json().type, '/problems/task-not-failed');
  const failed = await created();
  await fail(failed);
  t.equal((await post(failed, 'retry', undefined, newId())).statusCode, 404, "another's task");
});

t.test('a password comes with the retry', async (t) => {
  const { create, fail, post, row } = await rerunFixture(t);
  const fields = { operation: 'decompress' };
  const task = (await create(fields, [['a.zip', 'a']])).json();
  await fail(task);
  t.equal((await post(task, 'retry', { password: '' })).statusCode, 400);
  t.equal((await post(task, 'retry', { password: 'first given now' })).statusCode, 202);
  await post(task, 'cancel');
  t.match(await row(task), { sealedPassword: null, hasPassword: true, options: '{}' });
  const missing = await post(task, 'retry');
  t.equal(missing.statusCode, 422);
  t.equal(missing.json().type, '/problems/password-required');
  t.equal((await post(task, 'retry', { password: 'again' })).statusCode, 202);
  const { sealedPassword } = await row(task);
  t.equal(unseal(sealedPassword ?? new Uint8Array(), secretsKey), 'again');

  const plain = (await create({ format: 'tar' }, [['a', 'a']])).json();
  await fail(plain);
  const useless = await post(plain, 'retry', { password: 'x' });
  t.equal(useless.json().type, '/problems/unsupported-option');
});
