import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { createEmlFolder } from '../src/eml-folder.js';
import { render } from '../src/render.js';
import { failed, processed, publicUrl, taskId, welcome } from './notifications.js';
import { readMail } from './read-mail.js';

const from = 'no-reply@files.example';

async function folderFor(t: Test) {
  const directory = join(t.testdir(), 'made', 'here');
  return { directory, sender: await createEmlFolder({ directory, from }) };
}

t.test('an e-mail is one whole file that others on the machine cannot read', async (t) => {
  const { directory, sender } = await folderFor(t);
  const mail = render(processed({ files: ['größe.txt'] }), publicUrl);
  await sender.send(mail);
  t.same(await readdir(directory), [`task.processed.${taskId}.1.eml`]);
  const path = join(directory, `task.processed.${taskId}.1.eml`);
  t.equal((await stat(path)).mode & 0o777, 0o600);
  const source = await readFile(path, 'utf8');
  const { headers, text, html } = readMail(source);
  t.same(headers.subject, ['Compressed: größe.txt']);
  t.same(headers.to, ['Ana <ana@example.com>']);
  t.equal(text.trimEnd(), mail.text.trimEnd());
  t.equal(html.trimEnd(), mail.html.trimEnd());
  t.equal(await sender.state(), 'folder');
});

t.test('the same e-mail again is still one file', async (t) => {
  const { directory, sender } = await folderFor(t);
  await Promise.all([1, 2, 3].map(() => sender.send(render(failed(), publicUrl))));
  t.same(await readdir(directory), [`task.failed.${taskId}.1.eml`]);
});

t.test('no name or file name steers where it is written', async (t) => {
  const { directory, sender } = await folderFor(t);
  const hostile = '../../outside';
  const recipient = { name: hostile, email: `${hostile}@example.com` };
  await sender.send(render(welcome(hostile, recipient.email), publicUrl));
  await sender.send(render(processed({ recipient, files: [hostile, '/etc/x'] }), publicUrl));
  t.equal((await readdir(directory)).length, 2);
  t.same(await readdir(t.testdirName, { recursive: true }).then((names) => names.length), 4);
});

t.test('an e-mail that cannot be written fails and leaves nothing', async (t) => {
  const { directory, sender } = await folderFor(t);
  const mail = render(welcome(), publicUrl);
  // A directory with content stands at its name: renaming over it fails.
  await mkdir(join(directory, `${mail.key}.eml`));
  await writeFile(join(directory, `${mail.key}.eml`, 'x'), '');
  await t.rejects(sender.send(mail), { code: 'EISDIR' });
  t.same(await readdir(directory), [`${mail.key}.eml`]);
});
