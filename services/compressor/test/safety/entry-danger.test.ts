import { awkwardNames } from '@comprimemelo/testing/archives/awkward-names';
import t from 'tap';
import { dangerOf } from '../../src/safety/entry-danger.js';
import { placePath } from '../../src/safety/placed-path.js';

const dangerOfPath = (path: string, backslashes = false) =>
  dangerOf({ kind: 'file', placed: placePath(path, { backslashes }) });

t.test('paths that lead out, on any system', async (t) => {
  for (const path of ['..', '../a', 'a/../../b', './..', '..\\a', 'a\\..\\..\\b']) {
    t.equal(dangerOfPath(path), 'traversal', path);
    t.equal(dangerOfPath(path, true), 'traversal', path);
  }
  for (const path of ['/../a', 'C:/../a', 'C:\\..\\a']) {
    t.equal(dangerOfPath(path, true), 'traversal', path);
  }
  for (const path of ['a/..', 'a/../b', 'a/b/../c']) t.equal(dangerOfPath(path), undefined, path);
});

t.test('paths that were absolute', async (t) => {
  for (const path of ['/a', '/', '//server/share', 'C:/a', 'c:/a']) {
    t.equal(dangerOfPath(path), 'absolute', path);
  }
  for (const path of ['\\a', '\\\\server\\share', 'C:\\a']) {
    t.equal(dangerOfPath(path, true), 'absolute', path);
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

const reserved = ['CON', '...', 'trailing dot.', 'trailing blank '];

t.test('ordinary paths, however odd', async (t) => {
  const odd = awkwardNames.filter((name) => !reserved.includes(name));
  const more = ['a/b/c', './a', 'a..b', '..a', '', 'a/./b', 'console', 'com10', 'xcon', 'lpt'];
  for (const path of [...odd, ...more, 'C:', 'c:a', 'a: b'])
    t.equal(dangerOfPath(path), undefined, path);
});

t.test('links and devices, where their paths are harmless', async (t) => {
  const [inside, out] = ['a', '../a'].map((path) => placePath(path, { backslashes: false }));
  if (!inside || !out) throw new Error('there are two');
  t.equal(dangerOf({ kind: 'link', placed: inside }), 'link');
  t.equal(dangerOf({ kind: 'special', placed: inside }), 'special');
  t.equal(dangerOf({ kind: 'file', placed: inside }), undefined);
  t.equal(dangerOf({ kind: 'directory', placed: out }), 'traversal');
  t.equal(dangerOf({ kind: 'link', placed: out }), 'traversal');
});

t.test('a long run of blanks costs no more than its length', async (t) => {
  const path = `${' .'.repeat(500_000)}x`;
  t.equal(dangerOfPath(path), 'long-name');
});
