import t from 'tap';
import { MailRefusedError } from '../src/mail-refused-error.js';
import { render } from '../src/render.js';
import { accountId, failed, processed, publicUrl, taskId, welcome } from './notifications.js';

const taskLink = `https://files.example/api/tasks/${taskId}`;

t.test('the welcome leads to the reference page', async (t) => {
  const mail = render(welcome('Íñigo'), publicUrl);
  t.equal(mail.subject, 'Welcome to Comprimemelo');
  t.same(mail.to, { name: 'Íñigo', address: 'ana@example.com' });
  t.equal(mail.messageId, `<account.created.${accountId}@files.example>`);
  t.match(mail.text, 'Hello Íñigo,');
  t.match(mail.text, '\nhttps://files.example/docs\n');
  t.match(mail.html, '<p>Hello Íñigo,</p>');
  t.match(mail.html, '<a href="https://files.example/docs">');
});

t.test('a processed task: what, how many results, where', async (t) => {
  const mail = render(processed({ files: ['a.txt', 'b.txt', 'c.txt'], resultCount: 2 }), publicUrl);
  t.equal(mail.subject, 'Compressed: a.txt and 2 more');
  t.equal(mail.messageId, `<task.processed.${taskId}.1@files.example>`);
  t.match(mail.text, 'Compressed:\n- a.txt\n- b.txt\n- c.txt\n');
  t.match(mail.text, 'with 2 results');
  t.match(mail.text, `\n${taskLink}\n`);
  t.match(mail.html, '<li>a.txt</li><li>b.txt</li><li>c.txt</li>');
  t.match(mail.html, `<a href="${taskLink}">`);
  t.match(render(processed(), publicUrl).text, 'with one result');
});

t.test('a failed task: why', async (t) => {
  const mail = render(failed({ operation: 'decompress' }), publicUrl);
  t.equal(mail.subject, 'Could not decompress: report.pdf');
  const reason = 'Reason: The archive is damaged or incomplete (inner/a.txt). The end is missing.';
  t.match(mail.text, reason);
  t.match(mail.html, reason);
  t.match(mail.text, `\n${taskLink}\n`);
  t.match(mail.html, `<a href="${taskLink}">`);
  t.match(render(failed({ error: null }), publicUrl).text, 'Reason: unknown.');
});

t.test('more files than an e-mail should list are counted', async (t) => {
  const files = Array.from({ length: 13 }, (_, index) => `file-${index}`);
  const { text, html } = render(processed({ files }), publicUrl);
  t.match(text, '- file-9\n- and 3 more\n');
  t.notMatch(text, 'file-10');
  t.match(html, '<li>file-9</li><li>and 3 more</li></ul>');
});

t.test('markup in names, file names and reasons is text', async (t) => {
  const hostile = '<img src=x onerror=alert(1)>"\'';
  const recipient = { name: hostile, email: 'a@example.com' };
  const error = { type: hostile, title: hostile, detail: hostile, entry: hostile };
  for (const notification of [
    welcome(hostile),
    processed({ recipient, files: [hostile] }),
    failed({ recipient, files: [hostile], error }),
  ]) {
    const { html } = render(notification, publicUrl);
    t.notMatch(html, '<img');
    t.match(html, '&lt;img src=x onerror=alert(1)&gt;&quot;&#39;');
  }
});

t.test('a line break in a name starts no line', async (t) => {
  const hostile = 'x\r\n\r\nYour account is locked: https://evil.example';
  const recipient = { name: hostile, email: 'a@example.com' };
  const { text, to, subject } = render(processed({ recipient, files: [hostile] }), publicUrl);
  t.notMatch(text, '\nYour account');
  t.notMatch(to.name, /[\r\n]/);
  t.notMatch(subject, /[\r\n]/);
});

t.test('only a UUID becomes a part of headers and file names', async (t) => {
  for (const id of ['../../etc/passwd', `${taskId}\r\nBcc: x`, '', `${taskId}/..`]) {
    t.throws(() => render(processed({ taskId: id }), publicUrl), MailRefusedError);
  }
});
