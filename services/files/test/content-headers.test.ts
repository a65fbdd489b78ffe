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
  for (const [name, safe] of [
    ['C:\\back.zip', 'C__back.zip'],
    ['say "hi".zip', 'say _hi_.zip'],
    ['a\r\nX-Evil: 1', 'a__X-Evil_ 1'],
  ] as const) {
    t.equal(headersOf(name)['content-disposition'], `attachment; filename="${safe}"`);
  }
});

t.test('a name beyond ASCII comes in both forms', async (t) => {
  t.equal(
    headersOf('año: 文件.zip')['content-disposition'],
    `attachment; filename="a_o_ __.zip"; filename*=UTF-8''a%C3%B1o_%20%E6%96%87%E4%BB%B6.zip`,
  );
});
