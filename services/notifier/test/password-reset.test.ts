import type { PasswordResetRequested } from '@comprimemelo/contracts/messages';
import { seal } from '@comprimemelo/service/identity/sealed-box';
import t from 'tap';
import { MailRefusedError } from '../src/mail-refused-error.js';
import { openNotification } from '../src/open-notification.js';
import { render } from '../src/render.js';
import { createSmtpSender } from '../src/send-mail.js';
import { startMailServer } from './mail-server.js';
import { mailSecretsKey, passwordReset, publicUrl, resetId } from './notifications.js';
import { deadQueue, queue, testNotifier } from './notifier.js';
import { readMail } from './read-mail.js';

const token = 'A-token_of-a-link-43-characters-long-as-all';

const requested = (key = mailSecretsKey, name = 'Ana'): PasswordResetRequested => ({
  type: 'account.password-reset',
  resetId,
  recipient: { name, email: 'ana@example.com', language: 'es' },
  sealedToken: seal(token, key).toString('base64url'),
});

t.test('the link: once, in both parts, in the language of the account', async (t) => {
  const server = await startMailServer();
  t.teardown(() => server.close());
  const notifier = await testNotifier(t);
  notifier.start(server.url);
  await notifier.publish(requested());
  const { source, to } = await server.next();
  t.same(to, ['ana@example.com']);
  const { headers, text, html } = readMail(source);
  t.same(headers.subject, ['Restablece tu contraseña de Comprimemelo']);
  t.same(headers['message-id'], [`<account.password-reset.${resetId}@files.example>`]);
  const link = `${publicUrl}/docs/password-reset.html#${token}`;
  t.match(text, `\n${link}\n`);
  t.match(html, `<a href="${link}">`);
  t.match(render(passwordReset(), publicUrl).text, 'expires in 30 minutes');
});

t.test('what was sealed with another key is put aside, unread', async (t) => {
  const server = await startMailServer();
  t.teardown(() => server.close());
  const notifier = await testNotifier(t);
  notifier.start(server.url);
  const sealed = requested('x'.repeat(43));
  t.throws(() => openNotification(sealed, mailSecretsKey), MailRefusedError);
  await notifier.publish(sealed);
  await notifier.holds(deadQueue, 1);
  await notifier.holds(queue, 0);
  t.equal(server.waiting, 0);
  const { body } = await notifier.take(deadQueue);
  t.notMatch(JSON.stringify(body), token);
});

t.test('a name with line breaks adds no header, whatever the language', async (t) => {
  const server = await startMailServer();
  t.teardown(() => server.close());
  const sender = createSmtpSender({ url: server.url, from: 'no-reply@files.example' });
  t.teardown(() => sender.close());
  const send = async (name: string) => {
    await sender.send(
      render(openNotification(requested(mailSecretsKey, name), mailSecretsKey), publicUrl),
    );
    const { source, to } = await server.next();
    t.same(to, ['ana@example.com']);
    return readMail(source).headerNames;
  };
  const usual = await send('Ana');
  for (const lineBreak of ['\r\n', '\n', '\r', '\u2028', '=?utf-8?Q?=0D=0A?=']) {
    t.same(await send(`a${lineBreak}Bcc: victim@example.com${lineBreak}${lineBreak}<b>`), usual);
  }
});
