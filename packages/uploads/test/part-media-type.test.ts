import t from 'tap';
import { partMediaType } from '../src/part-media-type.js';

t.test('media types of the right form are kept', async (t) => {
  for (const type of ['text/plain', 'application/vnd.ms-excel', 'image/svg+xml']) {
    t.equal(partMediaType(type), type);
  }
  t.equal(partMediaType('Image/PNG'), 'image/png');
  for (const type of ['', 'text', 'text/', '/plain', 'a/b/c', 'te xt/plain', 'text/pl\r\nain']) {
    t.equal(partMediaType(type), 'application/octet-stream', type);
  }
  t.equal(partMediaType(`a/${'b'.repeat(200)}`), 'application/octet-stream');
});
