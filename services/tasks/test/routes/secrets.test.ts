import { toBytes } from '@comprimemelo/prisma/client/identifiers';
import { unseal } from '@comprimemelo/service/identity/sealed-box';
import { createLogger } from '@comprimemelo/service/process/logger';
import t from 'tap';
import { secretsKey, tasksFixture } from '../fixtures/tasks-fixture.js';

const password = 'hunter2-ключ';

t.test('a password is stored and sent sealed, and shown nowhere', async (t) => {
  const { create, request, db } = await tasksFixture(t);
  const response = await create({ format: '7z', password, options: '{"encryptNames":true}' }, [
    ['a', 'a'],
  ]);
  t.equal(response.statusCode, 202);
  const { id, options } = response.json();
  t.strictSame(options, { encryptNames: true });
  const row = await db.prisma.task.findUniqueOrThrow({ where: { id: toBytes(id) } });
  t.equal(row.hasPassword, true);
  t.equal(unseal(row.sealedPassword ?? new Uint8Array(), secretsKey), password);
  const message = await db.prisma.outboxMessage.findFirstOrThrow();
  t.equal(message.secret, true, 'blanked once it is sent');
  const { sealedPassword, ...job } = JSON.parse(message.body);
  t.equal(unseal(Buffer.from(sealedPassword, 'base64url'), secretsKey), password);
  t.strictSame(job.options, { encryptNames: true });
  const shown = [
    response.body,
    (await request('GET', `/api/tasks/${id}`)).body,
    (await request('GET', '/api/tasks')).body,
    message.body,
    row.options,
    row.inputs,
  ];
  for (const text of shown) t.notMatch(text, /hunter2/);
});

t.test('no log line and no problem holds a password, whatever is wrong with it', async (t) => {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const logger = createLogger('tasks', 'trace', { write });
  const { create, request, created } = await tasksFixture(t, { logger });
  const { id, files } = await created();
  const ids = files.map((file) => file.id);
  const json = { 'content-type': 'application/json' };
  const answers = [
    await create({ format: 'tar', password }, [['a', 'a']]),
    await create({ format: 'zip', password: `${password}\n` }, [['a', 'a']]),
    await create({ format: 'zip', options: `{"password": "${password}"` }, [['a', 'a']]),
    await request('POST', '/api/tasks', {
      payload: { files: ids, format: 'zip', options: { password: { password } } },
    }),
    await request('POST', '/api/tasks', {
      payload: { files: ids, format: 'zip', options: { password: password.repeat(20) } },
    }),
    await request('POST', '/api/tasks', {
      headers: json,
      payload: Buffer.from(`{"options": {"password": ${password}}}`),
    }),
    await request('PATCH', `/api/tasks/${id}`, { payload: { options: password } }),
    await request('PATCH', `/api/tasks/${id}`, {
      payload: { options: { password: { password } } },
    }),
    await request('POST', `/api/tasks/${id}/retry`, { payload: { password } }),
  ];
  for (const { statusCode, body } of answers) {
    t.ok(statusCode >= 400, String(statusCode));
    t.notMatch(body, /hunter2/);
  }
  t.ok(lines.length >= answers.length);
  t.notMatch(lines.join(''), /hunter2/);
});
