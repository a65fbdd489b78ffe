import { createHash } from 'node:crypto';
import contentDisposition from 'content-disposition';
import t from 'tap';
import { contentHeaders } from '../src/content-headers.js';

const sha256 = createHash('sha256').update('x').digest('hex');
const headersOf = (name: string) => contentHeaders({ name, mediaType: 'application/zip', sha256 });

t.test('digest, validator and type', async (t) => {
  t.match(headersOf('a.zip'), {
    'content-type': 'application/zip',
    etag: `"${sha256}"`,
    'repr-digest': 'sha-256=:LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE=:',
    'content-disposition': 'attachment; filename="a.zip"',
  });
});

t.test('any name survives the header and cannot leave it', async (t) => {
  for (const name of [
    'with space.zip',
    'año.zip',
    '文件.zip',
    '😀.zip',
    'say "hi".zip',
    "o'neil.zip",
    '-rf.zip',
    '@list.zip',
    'semi;colon=1.zip',
    '100%25.zip',
    'x'.repeat(255),
  ]) {
    const header = headersOf(name)['content-disposition'] ?? '';
    t.match(header, /^[\x20-\x7e]+$/, 'only printable ASCII');
    t.equal(contentDisposition.parse(header).parameters.filename, name, name);
  }
  t.match(headersOf('C:\\back.zip')['content-disposition'], /filename="back.zip"/, 'no path');
  for (const name of ['a\r\nX-Evil: 1', 'half \ud800 pair']) {
    t.match(headersOf(name)['content-disposition'], /^[\x20-\x7e]+$/);
  }
});
