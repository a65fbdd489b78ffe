import { awkwardNames } from '@comprimemelo/testing/archives/awkward-names';
import t from 'tap';
import { dangerOf, dangerOfPath } from '../../src/safety/entry-danger.js';

t.test('paths that lead out, on any system', async (t) => {
  for (const path of ['..', '../a', 'a/../../b', 'a/..', '..\\a', 'a\\..\\b', './..']) {
    t.equal(dangerOfPath(path), 'traversal', path);
  }
  for (const path of ['/a', '/', '\\a', '\\\\server\\share', 'C:\\a', 'c:/a', 'C:', 'c:a']) {
    t.equal(dangerOfPath(path), 'absolute', path);
  }
});

t.test('control characters', async (t) => {
  for (const path of ['a\nb', 'a\x1b[31m', 'a\rb', 'a\x00', 'a\x7f', 'a\u0085b', '\b']) {
    t.equal(dangerOfPath(path), 'control-character', JSON.stringify(path));
  }
});

t.test('names that Windows keeps for itself or does not have', async (t) => {
  for (const path of [
    'CON',
    'con.txt',
    'a/NUL',
    'nul.tar.gz/b',
    'com1',
    'LPT9.x',
    'COM².y',
    'aux .txt',
    'a.',
    'a ',
    'd./b',
    'd /b',
    'a\\b.',
    '...',
    ' ',
  ]) {
    t.equal(dangerOfPath(path), 'reserved-name', path);
  }
});

t.test('names that no file can have', async (t) => {
  const path = `${'d/'.repeat(1_900)}a`;
  for (const one of ['n'.repeat(256), `d/${'é'.repeat(128)}/b`, path]) {
    t.equal(dangerOfPath(one), 'long-name');
  }
  t.equal(dangerOfPath(`${'n'.repeat(255)}/${'é'.repeat(127)}`), undefined);
});

const refused = ['CON', '...', 'trailing dot.', 'trailing blank ', 'a:b'];

t.test('ordinary paths, however odd', async (t) => {
  const odd = awkwardNames.filter((name) => !refused.includes(name));
  const more = ['a/b/c', './a', 'a..b', '..a', '', 'a/./b', 'console', 'com10', 'xcon', 'lpt'];
  for (const path of [...odd, ...more]) t.equal(dangerOfPath(path), undefined, path);
});

t.test('links and devices, where their paths are harmless', async (t) => {
  t.equal(dangerOf({ kind: 'link', path: 'a' }), 'link');
  t.equal(dangerOf({ kind: 'special', path: 'a' }), 'special');
  t.equal(dangerOf({ kind: 'file', path: 'a' }), undefined);
  t.equal(dangerOf({ kind: 'directory', path: '../a' }), 'traversal');
  t.equal(dangerOf({ kind: 'link', path: '../a' }), 'traversal');
});

t.test('a long run of blanks costs no more than its length', async (t) => {
  const path = `${' .'.repeat(500_000)}x`;
  t.equal(dangerOfPath(path), 'long-name');
});
