import { createHttpApp } from '@comprimemelo/service/http/http-app';
import { createLogger } from '@comprimemelo/service/process/logger';
import multipart from '@fastify/multipart';
import t from 'tap';
import { FormFields } from '../src/form-fields.js';

const text = { type: 'string' };
const schema = {
  operationId: 'send',
  body: {
    content: {
      'multipart/form-data': {
        schema: {
          properties: {
            file: { type: 'array', items: { type: 'string', format: 'binary' } },
            format: text,
            options: text,
            password: text,
          },
        },
      },
      'application/json': {
        schema: { type: 'object', properties: { options: { properties: { encryptNames: text } } } },
      },
    },
  },
};

const app = await createHttpApp({
  ...{ service: 'test', logger: createLogger('test', 'silent'), checks: {} },
});
await app.register(multipart);
app.post('/', { schema }, async (request) => {
  const fields = new FormFields(request);
  for await (const part of request.parts()) {
    fields.refuseUnknown(part);
    if (part.type === 'field') fields.keep(part);
    else await part.toBuffer();
  }
  return fields.values;
});
t.teardown(() => app.close());

const part = (name: string, value: string, fileName?: string) => {
  const file = fileName === undefined ? '' : `; filename="${fileName}"`;
  return `--B\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
};

async function sent(...parts: string[]) {
  const headers = { 'content-type': 'multipart/form-data; boundary=B' };
  const payload = `${parts.join('')}--B--\r\n`;
  const answer = await app.inject({ method: 'POST', url: '/', headers, payload });
  return answer.statusCode === 200 ? answer.json() : answer.json().detail;
}

t.test('known fields are kept, files are let through', async (t) => {
  const answer = await sent(part('format', 'zip'), part('file', 'x', 'a.txt'), part('options', ''));
  t.strictSame(answer, { format: 'zip', options: '' });
});

t.test('a field that the operation does not know is refused, with or without a file', async (t) => {
  const field = 'is not a field of this operation';
  t.equal(
    await sent(part('passwrd', 'hunter2')),
    `\`passwrd\` ${field}; did you mean \`password\`?`,
  );
  t.equal(await sent(part('passwrd', '')), `\`passwrd\` ${field}; did you mean \`password\`?`);
  t.equal(await sent(part('files', 'x', 'a.txt')), `\`files\` ${field}; did you mean \`file\`?`);
  t.equal(
    await sent(part('encryptNames', 'true')),
    `\`encryptNames\` ${field}; did you mean \`options.encryptNames\`?`,
  );
});

t.test('text is no file, and a file no text', async (t) => {
  t.equal(await sent(part('file', 'x')), '`file` must be a file with a name; got "x".');
  t.equal(await sent(part('password', 'x', 'a.txt')), '`password` must be text, not a file.');
});

t.test('a file input that was left empty is none', async (t) => {
  t.same(await sent(part('file', ''), part('file', '')), {});
});

t.test('a field is sent once', async (t) => {
  const twice = '`password` may be sent only once.';
  t.equal(await sent(part('password', 'hunter2'), part('password', 'hunter3')), twice);
  t.equal(await sent(part('password', ''), part('password', 'hunter3')), twice);
});
