import { readdir } from 'node:fs/promises';
import { ConfigError } from '@comprimemelo/service/config';
import t from 'tap';
import { openMailSender } from '../src/open-mail-sender.js';
import { render } from '../src/render.js';
import { startMailServer } from './mail-server.js';
import { publicUrl, welcome } from './notifications.js';

const MAIL_FROM = 'no-reply@files.example';
const mail = render(welcome(), publicUrl);

t.test('SMTP where there is a server, the folder left alone', async (t) => {
  const server = await startMailServer();
  t.teardown(() => server.close());
  const directory = t.testdir();
  const sender = await openMailSender({ SMTP_URL: server.url, MAIL_DIR: directory, MAIL_FROM });
  t.teardown(() => sender.close());
  await sender.send(mail);
  t.same((await server.next()).to, ['ana@example.com']);
  t.same(await readdir(directory), []);
});

t.test('the folder where there is no server', async (t) => {
  const directory = t.testdir();
  const sender = await openMailSender({ MAIL_DIR: directory, MAIL_FROM });
  await sender.send(mail);
  t.same(await readdir(directory), [`${mail.key}.eml`]);
});

t.test('neither: both variables are named', async (t) => {
  const error = await openMailSender({ MAIL_FROM }).catch((error: unknown) => error);
  t.ok(error instanceof ConfigError);
  t.match(error, { message: /SMTP_URL.*MAIL_DIR/ });
});
