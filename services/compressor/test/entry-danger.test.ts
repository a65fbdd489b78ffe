import t from 'tap';
import { dangerOf, dangerOfPath } from '../src/entry-danger.js';
import { awkwardNames } from './fixtures/awkward-names.js';

t.test('paths that lead out, on any system', async (t) => {
  for (const path of ['..', '../a', 'a/../../b', 'a/..', '..\\a', 'a\\..\\b', './..']) {
    t.equal(dangerOfPath(path), 'traversal', path);
  }
  for (const path of ['/a', '/', '\\a', '\\\\server\\share', 'C:\\a', 'c:/a', 'C:']) {
    t.equal(dangerOfPath(path), 'absolute', path);
  }
});

t.test('control characters', async (t) => {
  for (const path of ['a\nb', 'a\x1b[31m', 'a\rb', 'a\x00', 'a\x7f', 'a\u0085b', '\b']) {
    t.equal(dangerOfPath(path), 'control-character', JSON.stringify(path));
  }
});

t.test('ordinary paths, however odd', async (t) => {
  for (const path of [...awkwardNames, 'a/b/c', './a', 'a..b', '...', 'a/...', '..a', '']) {
    t.equal(dangerOfPath(path), undefined, path);
  }
});

t.test('links and devices', async (t) => {
  const entry = { path: 'a', size: 0, packedSize: 0, encrypted: false, dictionaryBytes: 0 };
  t.equal(dangerOf({ ...entry, kind: 'link' }), 'link');
  t.equal(dangerOf({ ...entry, kind: 'special' }), 'special');
  t.equal(dangerOf({ ...entry, kind: 'file' }), undefined);
  t.equal(dangerOf({ ...entry, kind: 'directory', path: '../a' }), 'traversal');
});
