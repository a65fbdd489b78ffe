import type { File } from '@comprimemelo/contracts/file';
import t from 'tap';
import { inputText, newClient } from '../client/api-client.js';
import { testedSystem } from '../config.js';
import { checkDownloadRules } from './check-download-rules.js';

const system = testedSystem();
const text = '0123456789';

t.test('nginx carries the bytes, and keeps what files says of them', async (t) => {
  const client = await newClient(system.origin);
  const form = new FormData();
  form.append('file', new Blob([text], { type: 'text/plain' }), '文件 "1".txt');
  const upload = await client.request('/api/files', { method: 'POST', body: form });
  t.equal(upload.status, 201);
  const { items } = (await upload.json()) as { items: [File] };
  const [file] = items;
  const get = (headers: Record<string, string> = {}, method = 'GET') =>
    client.request(`/api/files/${file.id}/content`, { method, headers });

  const whole = await get();
  t.equal(await whole.text(), text);
  t.match(Object.fromEntries(whole.headers), {
    etag: `"${file.sha256}"`,
    'accept-ranges': 'bytes',
    'content-length': '10',
    'content-type': 'text/plain',
    'content-disposition': /filename\*=UTF-8''%E6%96%87%E4%BB%B6%20_1_\.txt/,
    'repr-digest': /^sha-256=:.+:$/,
    'x-content-type-options': 'nosniff',
    'x-request-id': /.+/,
  });
  t.notOk(whole.headers.get('x-accel-redirect'));
  // Of what files says on every answer, nginx keeps only what it is told to when it carries the bytes itself.
  t.notOk(whole.headers.get('strict-transport-security'), 'not a byte went through files');
  t.notOk(whole.headers.get('x-storage-authorization'));

  const range = await get({ range: 'bytes=2-4' });
  t.equal(range.status, 206);
  t.equal(range.headers.get('content-range'), 'bytes 2-4/10');
  t.equal(await range.text(), '234');
  t.equal(await (await get({ range: 'bytes=-3' })).text(), '789');
  t.equal(await (await get({ range: 'bytes=-30' })).text(), text);
  const other = await get({ range: 'bytes=2-4', 'if-range': '"other"' });
  t.equal(other.status, 200);
  t.equal(await other.text(), text);
  const same = await get({ range: 'bytes=2-4', 'if-range': `"${file.sha256}"` });
  t.equal(same.status, 206);
  t.equal((await get({ 'if-none-match': `"${file.sha256}"` })).status, 304);
  const outside = await get({ range: 'bytes=10-' });
  t.equal(outside.status, 416);
  t.match(await outside.json(), { type: '/problems/range-not-satisfiable' });
  const head = await get({}, 'HEAD');
  t.equal(head.headers.get('content-length'), '10');
});

t.test('conditions and ranges are those of RFC 9110', async (t) => {
  await checkDownloadRules(t, await newClient(system.origin));
});

t.test("another's file is not there, nor is storage from outside", async (t) => {
  const owner = await newClient(system.origin);
  const other = await newClient(system.origin);
  const task = await owner.run({ format: 'zip' }, [inputText('a.txt', text)]);
  const [result] = task.results;
  const [input] = task.files;
  for (const path of [
    `/api/tasks/${task.id}`,
    `/api/tasks/${task.id}/result`,
    `/api/files/${result?.id}`,
    `/api/files/${result?.id}/content`,
    `/api/files/${input?.id}/content`,
  ]) {
    t.equal((await other.request(path)).status, 404, path);
    t.equal((await fetch(`${system.origin}${path}`)).status, 401, `${path} without a token`);
    t.equal((await owner.request(path)).status, 200, `${path} by its owner`);
  }
  t.equal((await other.request(`/api/tasks/${task.id}`, { method: 'DELETE' })).status, 404);

  for (const path of ['/blobs', '/_disk/uploads', '/_storage/uploads', '/metrics', '/livez']) {
    t.equal((await owner.request(path)).status, 404, `${path} is not routed`);
  }
  const direct = await fetch(`${system.storageUrl}/blobs?area=uploads`);
  t.equal(direct.status, 401, 'storage itself wants a service identity');
  const asUser = { authorization: `Bearer ${owner.token}` };
  t.equal(
    (await fetch(`${system.storageUrl}/blobs?area=uploads`, { headers: asUser })).status,
    401,
  );
});
