import type { File } from '@comprimemelo/contracts/file';
import type { Test } from 'tap';
import type { ApiClient } from '../client/api-client.js';

const text = '0123456789';

type Get = (headers: Record<string, string>, method?: string) => Promise<Response>;

/** Source: RFC 9110, section 13.1.1: If-Match compares strongly. */
async function checkIfMatch(t: Test, get: Get, etag: string): Promise<void> {
  t.equal(await (await get({ 'if-match': etag })).text(), text);
  for (const method of ['GET', 'HEAD']) {
    t.equal((await get({ 'if-match': `W/${etag}` }, method)).status, 412, `${method}, a weak tag`);
  }
}

/** Source: RFC 9110, section 14.2: what is no range of bytes is ignored. */
async function checkIgnoredRanges(t: Test, get: Get): Promise<void> {
  for (const range of ['bytes=0-1,5-6', 'bytes=0-1,', 'bytes=5-2', 'pages=1']) {
    const answer = await get({ range });
    t.equal(answer.status, 200, range);
    t.equal(await answer.text(), text, range);
  }
}

/** Source: RFC 9110, section 14.1.2: the end may lie beyond the file, however far. */
async function checkFarEnds(t: Test, get: Get): Promise<void> {
  for (const far of ['1000', '999999999999999999', '9223372036854775808', '1'.padEnd(400, '0')]) {
    const answer = await get({ range: `bytes=7-${far}` });
    t.equal(answer.status, 206, far);
    t.equal(answer.headers.get('content-range'), 'bytes 7-9/10');
    t.equal(await answer.text(), '789');
    t.equal(await (await get({ range: `bytes=-${far}` })).text(), text, 'a suffix');
    t.equal((await get({ range: `bytes=${far}-` })).status, 416, 'a start');
  }
}

/** Source: RFC 9110, section 14.2: a range is defined for GET alone. */
async function checkHead(t: Test, get: Get, etag: string): Promise<void> {
  for (const range of ['bytes=2-4', 'bytes=-3', 'bytes=10-']) {
    for (const headers of [{ range }, { range, 'if-range': etag }]) {
      const answer = await get(headers, 'HEAD');
      t.equal(answer.status, 200, `HEAD with ${range}`);
      t.equal(answer.headers.get('content-length'), `${text.length}`);
      t.equal(answer.headers.get('accept-ranges'), 'bytes');
      t.equal(answer.headers.get('etag'), etag);
      t.equal(answer.headers.get('content-range'), null);
    }
  }
}

/** Checks what nginx would answer differently from files, whichever of the two sends the bytes. */
export async function checkDownloadRules(t: Test, client: ApiClient): Promise<void> {
  const form = new FormData();
  form.append('file', new Blob([text]), 'digits.txt');
  const upload = await client.request('/api/files', { method: 'POST', body: form });
  const [file] = ((await upload.json()) as { items: [File] }).items;
  const get: Get = (headers, method = 'GET') =>
    client.request(`/api/files/${file.id}/content`, { method, headers });
  await checkIfMatch(t, get, `"${file.sha256}"`);
  await checkIgnoredRanges(t, get);
  await checkFarEnds(t, get);
  await checkHead(t, get, `"${file.sha256}"`);
  await client.request(`/api/files/${file.id}`, { method: 'DELETE' });
}
