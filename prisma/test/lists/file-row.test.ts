import { File } from '@comprimemelo/contracts/file';
import t from 'tap';
import { newId } from '../../src/client/identifiers.js';
import { toFile } from '../../src/lists/file-row.js';
import { fileData } from '../fixtures/setup.js';

t.test('shows what the API promises, and nothing else', async (t) => {
  const id = newId();
  const file = toFile(fileData(newId(), id));
  t.same(file, {
    id,
    kind: 'upload',
    name: 'a "ñ".pdf',
    path: 'a "ñ".pdf',
    modified: '2025-12-31T23:59:59.999Z',
    size: 5_368_709_120,
    mediaType: 'application/pdf',
    sha256: 'ab'.repeat(32),
    createdAt: '2026-01-31T12:00:00.000Z',
    expiresAt: null,
  });
  const always = Object.keys(File.properties).filter((name) => name !== 'rawPath');
  t.same(Object.keys(file), always);
});

t.test('the bytes of a path are shown where they are not UTF-8', async (t) => {
  const id = newId();
  const rawPath = Buffer.from([0xa4, 0x2e, 0x74, 0x78, 0x74]);
  const file = toFile({ ...fileData(newId(), id), path: 'ñ.txt', rawPath });
  t.match(file, { path: 'ñ.txt', rawPath: 'pC50eHQ=' });
  t.same(Object.keys(file), Object.keys(File.properties));
});
